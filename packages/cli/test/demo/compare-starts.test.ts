import { gaussian, type Moments, philoxNoise, type Samples } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { compareStarts, distanceOf, startCurves } from "../../src/demo/compare-starts.ts";

const moments: Moments = {
  size: 2,
  mean: Float64Array.of(3, 0),
  covariance: {
    kind: "spectral",
    eigenvalues: Float64Array.of(25, 1),
    eigenvectors: Float64Array.of(1, 0, 0, 1),
    residual: 0,
  },
};
const law = gaussian(moments);
const comparison = {
  denoiser: exactDenoiser(law),
  moments,
  features: (values: Samples) => ({ values, size: 2 }),
  real: { values: law.sample(4000, philoxNoise(9)), size: 2 },
  extractor: "raw",
  seed: 1,
};
const start = {
  sampler: "DDPM",
  steps: 3,
  start: "gaussian",
  ddpmIndex: 400,
  lateIndex: 400,
  reason: "",
} as const;

test("on Gaussian data the late start keeps mean and variance where noise loses them", async () => {
  const done: number[] = [];
  const [row] = await compareStarts(comparison, [start], 600, (fraction) => done.push(fraction));
  expect(row).toMatchObject({
    sampler: "DDPM",
    steps: 3,
    nfe: 3,
    noise: { start: 666 },
    late: { start: 400 },
  });
  // Theory, for the large mode: of noise the final variance is 0.2428 · 25 and the mean off by 0.2173 · 3.
  const large = 25 * (1 - Math.sqrt(0.2428)) ** 2 + (0.2173 * 3) ** 2;
  expect(Math.abs(row!.noise.value - large)).toBeLessThan(1.2);
  expect(row!.late.value).toBeLessThan(row!.noise.value / 5);
  expect(row!.samples.noise).toHaveLength(1200);
  expect(done).toEqual([1]);
  expect(row!.late.low < row!.late.value && row!.late.value < row!.late.high).toBe(true);
});

test("the curve has a point for each start and the noise start at its own level", async () => {
  const rows = await compareStarts(comparison, [start], 200, () => {});
  const [ddim, ddpm] = await startCurves(comparison, rows, 100, 1.6, () => {});
  expect(ddim!.series).toEqual([]);
  expect(ddpm).toMatchObject({ metric: "FD-raw", sampler: "DDPM", speciation: 1.6 });
  const [series] = ddpm!.series;
  expect(series!.late.map(({ time }) => Number(time.toFixed(3)))).toEqual([
    0.466, 0.821, 1.277, 1.833, 2.49,
  ]);
  expect(series!.noise.time).toBeCloseTo(2.25565, 4);
  const first = distanceOf(comparison, rows[0]!.samples.noise.subarray(0, 200));
  expect(series!.noise.value).toBe(first.value);
});
