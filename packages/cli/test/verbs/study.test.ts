import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { call } from "../support/call.ts";

const network = fileURLToPath(
  new URL("../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);
const directory = mkdtempSync(join(tmpdir(), "study-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("a study tells the whole story of a network that nobody here has trained", async () => {
  const { code, stdout, stderr } = await call([
    ...["study", network, "--data", "mnist", "--limit", "300", "--resize", "8"],
    ...["--extractor", "pca4", "--classifier", "nearest", "--solvers", "ddim", "--steps", "3"],
    ...["--quick", "--samples", "60", "--images", "200", "--pairs", "20", "--clone-steps", "10"],
    ...["--out", directory],
  ]);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
  expect(stdout).toContain("The centre of the potential loses its stability (network: ");
  const result = JSON.parse(readFileSync(join(directory, "result.json"), "utf8"));
  expect(result.analysis).toMatchObject({ n: 300, d: 64 });
  expect(result.symmetry.subjects.map(({ name }: { name: string }) => name)).toEqual([
    "network",
    "exact score",
  ]);
  expect(result.cloning.trajectories).toBe(20);
  expect(result.excessEntropy).toMatchObject({ count: 200, size: 64 });
  expect(result.memorisation).toMatchObject({ samples: 60, training: 300 });
  expect(result.memorisation.heldOut.samples).toBe(60);
  expect(result.comparison.gains).toHaveLength(1);
  // The first numbers come first, and what is wrong before them: this network has learned nothing.
  expect(result.soundness.loss.length).toBeGreaterThan(10);
  expect(result.warnings[0]).toContain("worse than the best linear predictor");
  expect(stderr.indexOf("worse than the best linear")).toBeLessThan(stderr.indexOf("Recommended:"));
  expect(result.times.map(({ ouTime }: { ouTime: number }) => ouTime)).toEqual(
    result.times
      .map(({ ouTime }: { ouTime: number }) => ouTime)
      .toSorted((a: number, b: number) => b - a),
  );
  const report = readFileSync(join(directory, "report.html"), "utf8");
  for (const title of [
    "Is the network sound?",
    "When it decides, and when it would copy",
    "What to do",
    "Theory and details",
    "When the data decide",
    "Do two continuations agree?",
    "When an exact score would memorise",
    "New images, or copies?",
    "What late start buys",
    "The distance against the start",
    "All measures",
    "Protocol",
  ])
    expect(report).toContain(`${title}</h2>`);
  expect(report).not.toMatch(/src="http|<script/);
}, 240_000);

test("a network that does not know its data asks for them", async () => {
  const { code, stderr } = await call(["study", network]);
  expect(code).toBe(1);
  expect(stderr).toContain("name the data with --data");
});
