import { gaussian, type NoiseLevel, philoxNoise } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { flipd, spectralGap } from "../../src/index.ts";

const size = 20;
/** A Gaussian on 5 of 20 axes. */
const law = gaussian({
  size,
  mean: new Float64Array(size),
  covariance: {
    kind: "diagonal",
    variances: Float64Array.from({ length: size }, (_, i) => (i < 5 ? 1 : 0)),
  },
});
const denoiser = exactDenoiser(law);
const x = Float64Array.from({ length: size }, (_, i) => (i < 5 ? 0.7 * (-1) ** i : 0));

/** Variance preserving, sigma/alpha = s. */
const vpAt = (s: number): NoiseLevel => {
  const alpha = 1 / Math.hypot(1, s);
  return { alpha, sigma: s * alpha, timestep: 0 };
};

describe("flipd", () => {
  test.each([
    [0.05, 4.9936],
    [1, 3.1125],
  ])("of a Gaussian on 5 of 20 axes at sigma/alpha = %d is %d", async (s, expected) => {
    const { values, standardErrors, mean } = await flipd(denoiser, x, vpAt(s));
    expect(values).toHaveLength(1);
    expect(values[0]!).toBeCloseTo(expected, 4);
    expect(mean).toBe(values[0]);
    expect(standardErrors).toEqual([0]);
    // alpha² (5 + 5 · 0.49 s² alpha²) in closed form.
    const a = 1 / (1 + s * s);
    expect(values[0]!).toBeCloseTo(a * 5 + a * a * s * s * 2.45, 8);
  });

  test("is d + sigma² (tr ∇s + |s|²) at alpha x, also of a variance-exploding level", async () => {
    const level = { alpha: 1, sigma: 0.5, timestep: 0 };
    const { values } = await flipd(denoiser, x, level);
    const score = law.score(x, level);
    const square = score.reduce((sum, value) => sum + value * value, 0);
    const trace = -5 / 1.25 - 15 / 0.25;
    expect(values[0]!).toBeCloseTo(size + 0.25 * (trace + square), 7);
  });

  test("random probes agree within their error", async () => {
    const data = law.sample(3, philoxNoise(1));
    const exact = await flipd(denoiser, data, vpAt(0.3));
    const random = await flipd(denoiser, data, vpAt(0.3), { probes: 40, seed: 3 });
    for (const [n, value] of random.values.entries())
      expect(Math.abs(value - exact.values[n]!)).toBeLessThan(4 * random.standardErrors[n]! + 1e-6);
  });

  test("names what is wrong", async () => {
    await expect(flipd(denoiser, x.subarray(1), vpAt(1))).rejects.toThrow("whole samples of 20");
    await expect(flipd(denoiser, x, { alpha: 0, sigma: 1, timestep: 0 })).rejects.toThrow("signal");
    await expect(flipd(denoiser, x, vpAt(1), { probes: 0 })).rejects.toThrow("probes must be");
  });
});

describe("spectralGap", () => {
  test("counts the axes of the data", async () => {
    const level = vpAt(0.1);
    const state = law.sample(1, philoxNoise(0), level);
    const { eigenvalues, dimension, gap } = await spectralGap(denoiser, state, level);
    expect(dimension).toBe(5);
    const free = 1 / 1.01; // alpha² v/(alpha² v + sigma²)
    expect(gap).toBeCloseTo(free, 8);
    for (const [k, value] of eigenvalues.entries()) expect(value).toBeCloseTo(k < 5 ? free : 0, 8);
  });

  test("of axes of two widths sees the wide ones at the noise between", async () => {
    const variances = Float64Array.from({ length: 8 }, (_, i) => (i < 3 ? 4 : i < 6 ? 1e-4 : 0));
    const wide = exactDenoiser(
      gaussian({ size: 8, mean: new Float64Array(8), covariance: { kind: "diagonal", variances } }),
    );
    const at = async (s: number) =>
      (await spectralGap(wide, new Float64Array(8).fill(0.1), vpAt(s))).dimension;
    expect(await at(0.2)).toBe(3);
    expect(await at(0.001)).toBe(6);
  });

  test("names what is wrong", async () => {
    await expect(spectralGap(denoiser, x.subarray(1), vpAt(1))).rejects.toThrow("one sample of 20");
  });
});
