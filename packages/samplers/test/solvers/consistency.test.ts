import { CLEAN, gaussian, philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { consistency, type Denoiser } from "../../src/index.ts";
import { evenLevels, finalSamples } from "./runs.ts";

const law = gaussian({
  size: 2,
  mean: Float64Array.of(1, -0.5),
  covariance: { kind: "diagonal", variances: Float64Array.of(2, 0.3) },
});

/** Where the probability flow ends, in closed form: a perfect consistency function. */
const flowEnd: Denoiser = {
  shape: [2],
  predicts: "sample",
  predict: async (x, level) => law.flow(x, level, CLEAN),
};

test("the first call ends where the flow does; each further one begins at its sample, newly noised", async () => {
  const levels = [...evenLevels(3).slice(0, 2), CLEAN];
  const start = Float64Array.of(0.3, -1, 2, 0.1);
  const [from, next] = [levels[0]!, levels[1]!];
  const ends = [];
  const walk = consistency().walk(flowEnd, start, levels, { noise: philoxNoise(5) });
  for await (const { denoised } of walk) ends.push(denoised);
  expect(ends).toHaveLength(2);
  const first = law.flow(start, from, CLEAN);
  const noise = new Float64Array(4);
  philoxNoise(5)(noise, 2, 1);
  const again = first.map((value, j) => next.alpha * value + next.sigma * noise[j]!);
  const second = law.flow(again, next, CLEAN);
  for (const [k, wanted] of [first, second].entries())
    for (const [j, value] of wanted.entries()) expect(ends[k]![j]).toBeCloseTo(value, 12);
});

test("with a perfect consistency function the data's law is kept by every step", async () => {
  const count = 20_000;
  const levels = [...evenLevels(4).slice(0, -1), CLEAN];
  const start = law.sample(count, philoxNoise(1), levels[0]!);
  const end = await finalSamples(
    consistency().walk(flowEnd, start, levels, { noise: philoxNoise(2) }),
  );
  for (const [j, variance] of [2, 0.3].entries()) {
    const values = Float64Array.from({ length: count }, (_, i) => end[2 * i + j]!);
    const mean = values.reduce((a, b) => a + b, 0) / count;
    const spread = values.reduce((a, b) => a + (b - mean) ** 2, 0) / count;
    // Four standard errors.
    expect(Math.abs(mean - [1, -0.5][j]!)).toBeLessThan(4 * Math.sqrt(variance / count));
    expect(Math.abs(spread / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
  }
});
