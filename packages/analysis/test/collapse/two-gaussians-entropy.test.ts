import { spawnSync } from "node:child_process";
import { dataOf, ou, philoxNoise, twoGaussiansExcessEntropy } from "@symbreak/core";
import { expect, test } from "vitest";
import { excessEntropy } from "../../src/index.ts";

test("the script prints a row a time, and stays by the closed form away from the transition", () => {
  const script = new URL("../../scripts/two-gaussians-entropy.ts", import.meta.url).pathname;
  const args = ["--sizes", "48", "--count", "1500", "--draws", "300"];
  const run = spawnSync(process.execPath, ["--conditions=source", script, ...args], {
    encoding: "utf8",
  });
  expect(run.stderr).toBe("");
  const rows = run.stdout.split("\n").filter((line) => /^ *\d\.\d{3} /.test(line));
  expect(rows).toHaveLength(12);
  for (const row of rows) {
    const [time, fraction, , , exact] = row
      .replaceAll(/[[\],]/g, " ")
      .trim()
      .split(/ +/)
      .map(Number);
    if (time! > 1.3) expect(Math.abs(fraction! - exact!)).toBeLessThan(0.06);
    if (time! < 0.5) expect(fraction).toBeLessThan(0.02);
  }
});

test("for d = 1024, n = 20000 the authors' numbers are reached", async () => {
  const [count, size] = [20_000, 1024];
  const values = new Float32Array(count * size);
  philoxNoise(3)(values, size, 0);
  for (let i = 0; i < values.length; i++) values[i]! += Math.floor(i / size) % 2 ? 1 : -1;
  const ouTimes = [2.12, 2.904, 4.08];
  const { curve } = await excessEntropy(dataOf(values, [size]), { ouTimes, draws: 120 });
  // Their standard errors are about 0.005; at 2.12 a finite sample differs from the limit, and theirs from it alike.
  [0.2572, 0.7852, 0.9696].forEach((saved, k) => {
    const { ouTime, fraction, low, high } = curve[k]!;
    const error = Math.hypot((high - low) / 4, 0.005);
    expect(Math.abs(fraction - saved)).toBeLessThan(3 * error);
    const exact = twoGaussiansExcessEntropy(
      { mean: 32, deviation: 1 },
      { count, size },
      ou().level(ouTime),
    );
    if (ouTime > 2.5) expect(Math.abs(fraction - exact)).toBeLessThan(3 * error);
  });
}, 120_000);
