import { expect, test } from "vitest";
import { edmMatching } from "../../src/objectives/edm.ts";
import type { Prepared } from "../../src/objectives/objective.ts";
import { stepRandom } from "../../src/objectives/step-random.ts";

const SIGMA_DATA = 0.5;
const COUNT = 4096;
const SIZE = 8;

/** Gaussian data of the deviation that the objective is told. */
const data = new Float32Array(COUNT * SIZE);
stepRandom(9, 0).normal(data, SIZE, "noise");
for (let i = 0; i < data.length; i++) data[i]! *= SIGMA_DATA;

const prepared = (options: Parameters<typeof edmMatching>[0] = {}): Prepared =>
  edmMatching(options).prepare({ data, count: COUNT }, stepRandom(1, 0));
const sigmasOf = ({ feeds }: Prepared): Float64Array =>
  Float64Array.from(feeds.timestep!, (told) => Math.exp(4 * Number(told)));
const meanSquare = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, v) => sum + v * v, 0) / values.length;

test("ln sigma has the moments and the quantiles of its normal law", () => {
  for (const [logMean, logDeviation] of [
    [-1.2, 1.2],
    [0.4, 0.3],
  ] as const) {
    const logs = sigmasOf(prepared({ logMean, logDeviation })).map(Math.log);
    const mean = logs.reduce((a, b) => a + b, 0) / COUNT;
    const deviation = Math.sqrt(meanSquare(logs.map((l) => l - mean)));
    // One number in each of 4096 strata: far closer than independent draws.
    expect(mean).toBeCloseTo(logMean, 2);
    expect(deviation / logDeviation).toBeCloseTo(1, 2);
    const below = logs.filter((l) => l < logMean - logDeviation).length / COUNT;
    expect(Math.abs(below - 0.158655)).toBeLessThan(1 / COUNT);
  }
});

test("input and target of the raw network have variance one at every level", () => {
  const { feeds } = prepared();
  const rows = 4 * Math.sqrt(2 / ((COUNT / 4) * SIZE));
  for (const part of [0, 1, 2, 3]) {
    const [from, to] = [part * (COUNT / 4) * SIZE, (part + 1) * (COUNT / 4) * SIZE];
    for (const name of ["x", "target"] as const) {
      const values = (feeds[name] as Float32Array).subarray(from, to);
      expect(Math.abs(meanSquare(values) - 1), `${name}, part ${part}`).toBeLessThan(rows);
    }
  }
  expect(new Set(feeds.weight!)).toEqual(new Set([1]));
});

test("for Gaussian data of that deviation the best raw network gives nothing: target and input are uncorrelated", () => {
  const { x, target } = prepared().feeds as Record<string, Float32Array>;
  const product = x!.reduce((sum, v, i) => sum + v * target![i]!, 0) / x!.length;
  expect(Math.abs(product)).toBeLessThan(4 / Math.sqrt(x!.length));
});

test("the whole denoiser at its target is the clean sample", () => {
  const one = prepared();
  const { x, target } = one.feeds as Record<string, Float32Array>;
  const sigmas = sigmasOf(one);
  for (let i = 0; i < COUNT; i += 37) {
    const norm = Math.hypot(sigmas[i]!, SIGMA_DATA);
    const noised = x![i * SIZE]! * norm;
    const skip = (SIGMA_DATA / norm) ** 2 * noised;
    const out = (sigmas[i]! * SIGMA_DATA) / norm;
    expect(skip + out * target![i * SIZE]!).toBeCloseTo(data[i * SIZE]!, 4);
  }
});

test("settings that there are not are refused", () => {
  expect(() => edmMatching({ sigmadata: 1 } as never)).toThrow('got "sigmadata"');
  expect(() => edmMatching({ sigmaData: 0 })).toThrow("sigmaData must be positive");
  expect(() => edmMatching({ logDeviation: -1 })).toThrow("logDeviation must be positive");
});
