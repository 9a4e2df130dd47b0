import {
  covarianceMatrix,
  discreteSchedule,
  type Gaussian,
  gaussian,
  levelAt,
  levels,
  philoxNoise,
  type Samples,
  spectralCovariance,
  timesteps,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { greyLevels, knownValues, type Measurement } from "../../src/guidance/measurement.ts";
import { observe } from "../../src/guidance/observe.ts";
import { ddim } from "../../src/solvers/ddim.ts";

const schedule = discreteSchedule();
const SIZE = 6;
const law = gaussian({
  size: SIZE,
  mean: Float64Array.of(1, 0, -1, 0.5, 2, -0.5),
  covariance: spectralCovariance(randomCovariance(), SIZE),
});
const grey = greyLevels([3, 1, 2], [0.3, 0.6, 0.1]);
const inpainting = knownValues([1, 0, 0, 1, 1, 0]);

function randomCovariance(): Float64Array {
  const factor = new Float64Array(SIZE * SIZE);
  philoxNoise(4)(factor, SIZE, 0);
  return covarianceOf(factor).map((value, i) => value + (i % (SIZE + 1) === 0 ? 0.05 : 0));
}

/** F Fᵀ */
function covarianceOf(factor: Float64Array): Float64Array {
  return Float64Array.from({ length: SIZE * SIZE }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < SIZE; k++)
      sum += factor[Math.floor(i / SIZE) * SIZE + k]! * factor[(i % SIZE) * SIZE + k]!;
    return sum;
  });
}

/** The Gaussian given y: values taken in one at a time (A's rows are orthogonal, the noise independent). */
function given(measurement: Measurement, y: Float64Array, noise: number): Gaussian {
  const mean = Float64Array.from(law.moments.mean);
  const c = covarianceMatrix(law.moments.covariance, SIZE);
  for (let j = 0; j < measurement.count; j++) {
    const a = measurement.spread(Float64Array.from(y, (_, k) => (k === j ? 1 : 0)));
    const ca = a.map((_, i) => a.reduce((sum, weight, k) => sum + weight * c[i * SIZE + k]!, 0));
    const variance = ca.reduce((sum, value, i) => sum + value * a[i]!, noise ** 2);
    const surprise = y[j]! - mean.reduce((sum, value, i) => sum + value * a[i]!, 0);
    for (let i = 0; i < SIZE; i++) mean[i]! += (ca[i]! * surprise) / variance;
    for (let i = 0; i < SIZE * SIZE; i++)
      c[i]! -= (ca[Math.floor(i / SIZE)]! * ca[i % SIZE]!) / variance;
  }
  return gaussian({ size: SIZE, mean, covariance: spectralCovariance(c, SIZE) });
}

const truth = law.sample(1, philoxNoise(9));

describe("observe", () => {
  for (const [name, measurement] of [
    ["inpainting", inpainting],
    ["colourisation", grey],
  ] as const)
    for (const noise of [0, 0.3])
      test(`with moments is E[x0 | x_t, y] of Gaussian data: ${name}, measurement noise ${noise}`, async () => {
        const y = measurement.measure(truth);
        const conditioned = observe(exactDenoiser(law), measurement, y, {
          noise,
          moments: law.moments,
        });
        const exact = given(measurement, y, noise);
        for (const index of [10, 200, 500, 900]) {
          const level = levelAt(schedule, index);
          const x = law.sample(5, philoxNoise(1), level);
          const expected = exact.denoise(x, level);
          const out = await conditioned.predict(x, level);
          for (const [i, value] of out.entries()) expect(value).toBeCloseTo(expected[i]!, 9);
        }
      });

  test("without moments replaces the measured part and leaves the rest", async () => {
    const level = levelAt(schedule, 300);
    const x = law.sample(3, philoxNoise(1), level);
    const plain = law.denoise(x, level);
    for (const measurement of [inpainting, grey]) {
      const y = measurement.measure(truth);
      const out = await observe(exactDenoiser(law), measurement, y).predict(x, level);
      for (let n = 0; n < 3; n++) {
        const own = out.subarray(n * SIZE, (n + 1) * SIZE);
        for (const [j, value] of measurement.measure(own).entries())
          expect(value).toBeCloseTo(y[j]!, 12);
        const moved = own.map(
          (value: number, i: number) => value - plain[n * SIZE + i]!,
        ) as Float64Array;
        const along = measurement
          .spread(measurement.measure(moved))
          .map((v) => v / measurement.gain);
        for (const [i, value] of moved.entries()) expect(value).toBeCloseTo(along[i]!, 12);
      }
    }
  });

  test("without moments weighs a noisy measurement by ΠGDM's r² = sigma²/(alpha² + sigma²)", async () => {
    const level = levelAt(schedule, 300);
    const y = inpainting.measure(truth);
    const out = await observe(exactDenoiser(law), inpainting, y, { noise: 0.5 }).predict(
      truth,
      level,
    );
    const plain = law.denoise(truth, level);
    const weight = level.sigma ** 2 / (level.sigma ** 2 + 0.25);
    expect(out[0]!).toBeCloseTo(plain[0]! + weight * (y[0]! - plain[0]!), 12);
    expect(out[1]!).toBeCloseTo(plain[1]!, 12);
  });

  test("in DDIM reaches the conditional mean with moments; by replacement it stays off it", async () => {
    const y = inpainting.measure(truth);
    const grid = levels(schedule, timesteps("linspace", 50));
    const exact = given(inpainting, y, 0).moments.mean;
    const run = async (moments?: typeof law.moments): Promise<Samples> => {
      const denoiser = observe(exactDenoiser(law), inpainting, y, moments ? { moments } : {});
      // Every step is affine: the sample that starts at the conditional mean is the mean of all.
      let x: Samples = exact.map((value) => grid[0]!.alpha * value);
      for await (const step of ddim().walk(denoiser, x, grid)) x = step.x;
      return x;
    };
    const off = (x: Samples) =>
      Math.max(...Array.from(x, (value, i) => Math.abs(value - exact[i]!)));
    expect(off(await run(law.moments))).toBeLessThan(1e-9);
    const replaced = await run();
    expect(off(replaced)).toBeGreaterThan(0.1);
    for (const i of [0, 3, 4]) expect(replaced[i]!).toBeCloseTo(exact[i]!, 9);
  });

  test("says what does not fit", () => {
    const y = inpainting.measure(truth);
    const denoiser = exactDenoiser(law);
    expect(() => observe(denoiser, inpainting, y.subarray(1))).toThrow(
      "observe: values must be 3, got 2",
    );
    expect(() => observe(denoiser, knownValues([1, 0]), [1])).toThrow(
      "measurement must be of 6 values",
    );
    expect(() => observe(denoiser, inpainting, y, { noise: -1 })).toThrow(
      "noise must not be negative",
    );
    const flat = {
      ...law.moments,
      covariance: { kind: "diagonal", variances: new Float64Array(SIZE) },
    } as const;
    expect(() => observe(denoiser, inpainting, y, { moments: flat })).toThrow(
      "noise must be positive where",
    );
  });
});

describe("measurements", () => {
  test("knownValues and greyLevels have orthogonal rows of squared length gain, and spread is the transpose", () => {
    for (const measurement of [inpainting, grey]) {
      const { count, gain } = measurement;
      for (let j = 0; j < count; j++) {
        const unit = Float64Array.from({ length: count }, (_, k) => (k === j ? 1 : 0));
        const back = measurement.measure(measurement.spread(unit));
        for (const [k, value] of back.entries()) expect(value).toBeCloseTo(k === j ? gain : 0, 14);
      }
    }
  });

  test("greyLevels averages the channels of each pixel, equally unless told otherwise", () => {
    const image = Float64Array.of(1, 10, 2, 20, 6, 60);
    expect(Array.from(greyLevels([3, 1, 2]).measure(image))).toEqual([3, 30]);
    expect(grey.measure(image)[1]).toBeCloseTo(3 + 12 + 6, 12);
    expect(() => greyLevels([3, 1, 2], [1])).toThrow("weights must be 3");
    expect(() => knownValues([0, 0])).toThrow("at least one");
  });
});
