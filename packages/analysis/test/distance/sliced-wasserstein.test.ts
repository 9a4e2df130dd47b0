import { gaussian, isotropic, philoxNoise } from "@symbreak/core";
import { describe, expect, it } from "vitest";
import { slicedWasserstein } from "../../src/index.ts";

const normal = (count: number, size: number, seed: number) => {
  const out = new Float64Array(count * size);
  philoxNoise(seed)(out, size, 0);
  return out;
};

describe("slicedWasserstein", () => {
  it("is the Wasserstein distance in one dimension, whatever the numbers of points", () => {
    // Quantiles on [0, 1/3], [1/3, 1/2], [1/2, 2/3], [2/3, 1]: 0|0, 1|0, 1|4, 5|4.
    const a = Float64Array.of(5, 0, 1);
    const b = Float64Array.of(4, 0);
    const expected = Math.sqrt(0 / 3 + 1 / 6 + 9 / 6 + 1 / 3);
    expect(slicedWasserstein(a, b, 1, { directions: 1 })).toBeCloseTo(expected, 12);
    expect(slicedWasserstein(b, a, 1, { directions: 7 })).toBeCloseTo(expected, 12);
  });

  it("is |v|/√d for a shift, and nothing for the same points in another order", () => {
    const a = normal(50, 5, 1);
    const shifted = a.map((value, i) => value + (i % 5 === 2 ? 3 : 0));
    const many = { directions: 20_000 };
    expect(slicedWasserstein(a, shifted, 5, many)).toBeCloseTo(3 / Math.sqrt(5), 1);
    const turned = new Float64Array(a.length);
    for (let n = 0; n < 50; n++) turned.set(a.subarray(n * 5, n * 5 + 5), ((n + 7) % 50) * 5);
    expect(slicedWasserstein(a, turned, 5)).toBe(0);
  });

  it("is the difference of standard deviations for isotropic Gaussians", () => {
    const law = (variance: number, seed: number) =>
      gaussian({ size: 2, mean: new Float64Array(2), covariance: isotropic(variance) }).sample(
        20_000,
        philoxNoise(seed),
      );
    expect(slicedWasserstein(law(1, 1), law(4, 2), 2)).toBeCloseTo(1, 1);
  });

  it("names what is wrong", () => {
    const a = Float64Array.of(1, 2, 3);
    expect(() => slicedWasserstein(a, a, 2)).toThrow(/whole samples of 2/);
    expect(() => slicedWasserstein(a, new Float64Array(0), 1)).toThrow(/whole samples/);
    expect(() => slicedWasserstein(a, a, 1, { directions: 0 })).toThrow(/directions/);
    expect(() => slicedWasserstein(a, a, 0)).toThrow(/size/);
  });
});
