import { expect, test } from "vitest";
import { normalCdf } from "../../src/distribution/normal-cdf.ts";
import { normalQuantile } from "../../src/distribution/normal-quantile.ts";

test("the quantiles of the tables", () => {
  // R's qnorm, 15 digits.
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.975)).toBeCloseTo(1.95996398454005, 13);
  expect(normalQuantile(0.8413447460685429)).toBeCloseTo(1, 13);
  expect(normalQuantile(0.999)).toBeCloseTo(3.09023230616781, 12);
  expect(normalQuantile(1e-6)).toBeCloseTo(-4.7534243088229, 9);
});

test("it undoes the distribution function, and is odd about one half", () => {
  for (let z = -5; z <= 5; z += 0.37) {
    expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, z < 3.5 && z > -3.5 ? 11 : 8);
    expect(normalQuantile(1 - normalCdf(z))).toBeCloseTo(-z, 8);
  }
  expect(Number.isFinite(normalQuantile(2 ** -60))).toBe(true);
});

test("there is none at the ends", () => {
  for (const u of [0, 1, -1, Number.NaN]) expect(() => normalQuantile(u)).toThrow("(0, 1)");
});
