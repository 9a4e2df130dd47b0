import { settingOf } from "@symbreak/analysis";
import {
  dataOf,
  discreteSchedule,
  gaussian,
  type Moments,
  philoxNoise,
  toBytes,
} from "@symbreak/core";
import { ddim, exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { compareStarts, type DemoSetting, startCurve } from "../../src/demo/compare-starts.ts";
import { tinySet } from "../support/tiny-set.ts";

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
// Bytes reach from −17 to 23 in the units of the data: four deviations.
const units = {
  name: "unit",
  a: [20 / 127.5],
  b: [-17],
} as const;
const set = { ...tinySet(2, [1, 1, 2]), units };
const subject = {
  ...{ name: "exact", digest: null, process: discreteSchedule(), units },
  denoiser: exactDenoiser(law, [1, 1, 2]),
};
const setting: DemoSetting = {
  compared: settingOf(subject, set, { ...moments, units }, [ddim({ eta: 1 })]),
  extractor: {
    name: "raw",
    description: "",
    judge: async (images) => ({ features: images }),
  },
  reference: {
    extractor: "raw",
    features: dataOf(toBytes(law.sample(4000, philoxNoise(9)), set.shape, units), [2], units),
  },
};
const auto = {
  solver: "ddim:eta=1",
  steps: 3,
  start: "late",
  timestep: 400,
  lateTimestep: 400,
  tries: { coarse: [], late: [] },
} as const;

test("on Gaussian data the late start keeps mean and variance where noise loses them", async () => {
  const done: number[] = [];
  const autos = [{ ...auto, reason: "" }];
  const [row] = await compareStarts(setting, autos, { count: 600, seed: 1 }, (fraction) =>
    done.push(fraction),
  );
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
  expect(row!.images.noise).toHaveLength(1200);
  expect(done).toEqual([0.5, 1]);
  expect(row!.late.low < row!.late.value && row!.late.value < row!.late.high).toBe(true);
});

test("the curve has a point for each start and the noise start at its own level", async () => {
  const curve = await startCurve(setting, { count: 100, seed: 1 }, 1.6, () => {});
  expect(curve).toMatchObject({ metric: "FD-raw", sampler: "DDIM", speciation: 1.6 });
  expect(curve.series.map(({ steps }) => steps)).toEqual([3, 5, 10]);
  const [series] = curve.series;
  expect(series!.late.map(({ time }) => Number(time.toFixed(3)))).toEqual([
    0.466, 0.821, 1.277, 1.833, 2.49,
  ]);
  expect(series!.noise.time).toBeCloseTo(2.25565, 4);
});
