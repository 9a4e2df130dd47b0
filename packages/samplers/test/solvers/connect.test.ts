import { CLEAN, type NoiseLevel } from "@symbreak/core";
import { expect, test } from "vitest";
import { ddim } from "../../src/index.ts";
import { evenLevels, finalStep, mixtureDenoiser } from "./runs.ts";

const X = Float64Array.of(1);
const run = (levels: readonly NoiseLevel[], x = X, shape = [1]) =>
  finalStep(ddim().walk({ ...mixtureDenoiser(), shape }, x, levels));

test("a walk needs two levels", async () => {
  await expect(run([CLEAN])).rejects.toThrow(/ddim: levels must be at least two.*got 1/);
});

test("levels must be finite, with alpha and sigma not negative and not both zero", async () => {
  for (const bad of [
    { alpha: -1, sigma: 1 },
    { alpha: 0, sigma: 0 },
    { alpha: 1, sigma: Number.NaN },
    { alpha: 1, sigma: Infinity },
  ])
    await expect(run([{ ...bad, timestep: 5 }, CLEAN])).rejects.toThrow(
      /ddim: levels\[0\] must have finite alpha, sigma ≥ 0, not both 0, got "alpha .*timestep 5"/,
    );
});

test("levels must not gain noise", async () => {
  const levels = evenLevels(3).toSpliced(1, 1, evenLevels(3, 50)[0]!);
  await expect(run(levels)).rejects.toThrow(
    /ddim: levels must descend in sigma\/alpha \(levels\[1\]\)/,
  );
});

test("x must hold whole samples", async () => {
  await expect(run(evenLevels(2), Float64Array.of(1, 2, 3), [2])).rejects.toThrow(
    /ddim: x must hold whole samples of 2 numbers, got 3/,
  );
  await expect(run(evenLevels(2), new Float64Array(0))).rejects.toThrow(/whole samples/);
});
