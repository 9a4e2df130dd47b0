/**
 * The excess entropy of two Gaussian classes N(±(1, …, 1), I), measured on n samples by the exact empirical score, beside
 * the closed form and, where a file of saved curves is given, the numbers of arXiv 2402.18491.
 *
 * node --conditions=source packages/analysis/scripts/two-gaussians-entropy.ts [saved-curves.json]
 *   [--sizes 256,1024] [--count 20000] [--draws 1000]
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { dataOf, ou, philoxNoise, twoGaussiansExcessEntropy } from "@symbreak/core";
import { excessEntropy } from "../src/index.ts";

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "256,1024" },
    count: { type: "string", default: "20000" },
    draws: { type: "string", default: "1000" },
  },
});
const [count, draws] = [Number(given.count), Number(given.draws)];
const saved = positionals[0] === undefined ? new Map() : savedCurves(positionals[0]);

/** The authors' times: 8(1 − 0.98 k/20), those about the transition. */
const TIMES = Array.from({ length: 20 }, (_, k) => 8 * (1 - (0.98 * k) / 20)).slice(8);

for (const size of given.sizes.split(",").map(Number)) {
  const values = new Float32Array(count * size);
  philoxNoise(1)(values, size, 0);
  for (let i = 0; i < values.length; i++) values[i]! += Math.floor(i / size) % 2 ? 1 : -1;
  const { curve } = await excessEntropy(dataOf(values, [size]), { ouTimes: TIMES, draws });
  const pair = { mean: Math.sqrt(size), deviation: 1 };
  console.log(`\nd = ${size}, n = ${count}, ${draws} draws`);
  console.log("OU time   f/alpha   [95 %]             closed form   saved    difference");
  let worst = 0;
  for (const { ouTime, fraction, low, high } of [...curve].reverse()) {
    const exact = twoGaussiansExcessEntropy(pair, { count, size }, ou().level(ouTime));
    const reference: number | undefined = saved.get(size)?.get(ouTime.toFixed(3));
    const difference = reference === undefined ? undefined : fraction - reference;
    worst = Math.max(worst, Math.abs(difference ?? fraction - Math.max(0, exact)));
    const cells = [
      ouTime.toFixed(3).padStart(7),
      fraction.toFixed(4).padStart(9),
      `[${low.toFixed(4)}, ${high.toFixed(4)}]`.padStart(18),
      exact.toFixed(4).padStart(12),
      reference?.toFixed(4).padStart(8) ?? "       –",
      difference?.toFixed(4).padStart(10) ?? "         –",
    ];
    console.log(cells.join("  "));
  }
  const against = saved.has(size) ? "the saved curve" : "the closed form (0 below the collapse)";
  console.log(`largest difference from ${against}: ${worst.toFixed(4)}`);
}

/** f/alpha by size and time: rows of times, d = 256 and d = 4096. */
function savedCurves(path: string): Map<number, Map<string, number>> {
  const file = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  const key = Object.keys(file).find((name) => name.startsWith("GM_collapse_num_rows"));
  if (key === undefined) throw new Error(`${path} holds no saved curves of two Gaussians`);
  const [times, few, many] = file[key] as number[][];
  const curve = (row: number[]) => new Map(times!.map((t, k) => [t.toFixed(3), row[k]!] as const));
  return new Map([
    [256, curve(few!)],
    [4096, curve(many!)],
  ]);
}
