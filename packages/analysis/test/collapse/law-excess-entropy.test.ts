import {
  dataOf,
  gaussianMixture,
  ou,
  philoxNoise,
  spectralCollapseOuTime,
  twoGaussiansExcessEntropy,
} from "@symbreak/core";
import { expect, test } from "vitest";
import { excessEntropy, lawExcessEntropy } from "../../src/index.ts";

const size = 64;
const two = gaussianMixture({
  weights: [1, 1],
  means: [new Array(size).fill(1), new Array(size).fill(-1)],
  covariances: [1, 1],
});

test("of two Gaussians it is the closed form, the correction of finite d included", () => {
  const found = lawExcessEntropy(two, { count: 3000, ouTimes: [1, 1.5, 2, 2.5, 4], seed: 1 });
  for (const { ouTime, fraction, standardError } of found) {
    const exact = twoGaussiansExcessEntropy(
      { mean: Math.sqrt(size), deviation: 1 },
      { count: 3000, size },
      ou().level(ouTime),
    );
    expect(standardError).toBeLessThan(0.012);
    expect(Math.abs(fraction - exact)).toBeLessThan(3.5 * standardError);
  }
});

test("of five classes it is what their samples show", async () => {
  const d = 24;
  const means = [0, 1, 2, 3, 4].map((k) =>
    Array.from({ length: d }, (_, j) => (j % 5 === k ? 2.5 : 0)),
  );
  const five = gaussianMixture({ weights: [1, 1, 1, 1, 1], means, covariances: [1, 1, 1, 1, 1] });
  const count = 3000;
  const data = dataOf(five.sample(count, philoxNoise(4)), [d]);
  const ouTimes = [1.2, 1.6, 2.2, 3];
  const { curve } = await excessEntropy(data, { ouTimes, draws: 600 });
  const law = lawExcessEntropy(five, { count, ouTimes });
  curve.forEach(({ fraction, low, high }, k) => {
    expect(Math.abs(fraction - law[k]!.fraction)).toBeLessThan(high - low);
  });
  expect(law[0]!.fraction).toBeGreaterThan(0.1);
});

test("of one Gaussian it vanishes at the collapse time of its spectrum", () => {
  const variances = Float64Array.from({ length: 12 }, (_, j) => 3 / (j + 1));
  const covariance = { kind: "diagonal", variances } as const;
  const one = gaussianMixture({
    weights: [1],
    means: [new Array(12).fill(0)],
    covariances: [covariance],
  });
  const time = spectralCollapseOuTime({ count: 500, size: 12 }, covariance);
  const options = { count: 500, ouTimes: [time], draws: 5000 };
  const { fraction, standardError } = lawExcessEntropy(one, options)[0]!;
  expect(Math.abs(fraction)).toBeLessThan(3.5 * standardError);
});

test("wrong arguments are named", () => {
  const options = { count: 10, ouTimes: [1] };
  const where = "lawExcessEntropy: ";
  expect(() => lawExcessEntropy(two, { ...options, count: 1 })).toThrow(`${where}count`);
  expect(() => lawExcessEntropy(two, { ...options, draws: 1 })).toThrow(`${where}draws`);
  expect(() => lawExcessEntropy(two, { ...options, ouTimes: [0] })).toThrow(`${where}ouTimes`);
});
