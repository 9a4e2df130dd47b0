import { isotropic } from "@symbreak/core";
import { expect, test } from "vitest";
import { collapseTime } from "../../src/index.ts";

test("for isotropic data the three formulas agree with the reference values", () => {
  for (const [count, size, variance, time] of [
    [20000, 256, 1, 1.29878969],
    [20000, 1024, 1, 1.97754672],
    [1000, 64, 1, 0.81954199],
    [100, 8, 1, 0.1900652],
  ] as const) {
    const covariance = isotropic(variance);
    const found = collapseTime({ count, size }, { covariance });
    expect(found.unitVariance.ouTime).toBeCloseTo(time, 8);
    expect(found.variance).toMatchObject({ variance: 1, ouTime: expect.closeTo(time, 8) });
    expect(found.spectrum.ouTime).toBeCloseTo(time, 8);
  }
});

test("the second and third formula know the variance", () => {
  const found = collapseTime({ count: 1e4, size: 100 }, { covariance: isotropic(0.25) });
  expect(found.variance.ouTime).toBeCloseTo(0.40234556, 8);
  expect(found.spectrum.ouTime).toBeCloseTo(0.40234556, 8);
  expect(found.unitVariance.ouTime).toBeGreaterThan(0.8);
});

test("each of two classes collapses alone", () => {
  const data = { count: 20000, size: 4096, classes: 2 };
  const found = collapseTime(data, { covariance: isotropic(1) });
  expect(found.variance.ouTime).toBeCloseTo(2.70326998, 8);
  expect(found).toMatchObject(data);
});

test("constant data and a single sample are refused", () => {
  const constant = { covariance: isotropic(0) };
  expect(() => collapseTime({ count: 10, size: 3 }, constant)).toThrow("positive trace");
  const unit = { covariance: isotropic(1) };
  expect(() => collapseTime({ count: 1, size: 3 }, unit)).toThrow("more than one point");
});
