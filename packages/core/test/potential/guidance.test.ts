import { describe, expect, test } from "vitest";
import { guidanceTheory, guidedClass, philoxNoise } from "../../src/index.ts";

describe("guidance of two Gaussian classes", () => {
  const { rows, kind } = guidanceTheory();
  const row = (dynamics: string, w: number, M: number) =>
    rows.find((r) => r.dynamics === dynamics && r.w === w && r.M === M)!;

  test("has a row for each dynamics, weight and distance", () => {
    expect(kind).toBe("guidanceTheory");
    expect(rows).toHaveLength(30);
  });

  test("weight 1 is the class itself", () => {
    for (const { w, bias, variance } of rows)
      if (w === 1) {
        expect(Math.abs(bias)).toBeLessThan(1e-4);
        expect(Math.abs(variance - 1)).toBeLessThan(1e-4);
      }
  });

  // From 20,000 paths of 3000 Euler steps, each within 0.02.
  test.each([
    ["sde", [1, 2, 4, 8, 16], [0.49, 0.34, 0.18, 0.1, 0.06], [0.67, 0.77, 0.93, 0.98, 0.99]],
    ["ode", [1, 2, 4, 8, 16], [0.61, 0.643, 0.643, 0.643, 0.643], [0.57, 0.511, 0.511, 0.51, 0.51]],
  ] as const)("by the %s at w = 2", (dynamics, distances, biases, variances) => {
    for (const [k, M] of distances.entries()) {
      const { bias, variance } = row(dynamics, 2, M);
      expect(Math.abs(bias - biases[k]!)).toBeLessThan(0.02);
      expect(Math.abs(variance - variances[k]!)).toBeLessThan(0.012);
    }
  });

  test("the SDE forgets the distortion as the classes move apart, the ODE does not", () => {
    for (const w of [2, 4]) {
      expect(row("sde", w, 16).bias).toBeLessThan(0.15 * row("sde", w, 1).bias);
      expect(row("ode", w, 16).bias / row("ode", w, 4).bias).toBeCloseTo(1, 6);
      expect(row("ode", w, 16).variance / row("ode", w, 4).variance).toBeCloseTo(1, 6);
      expect(row("sde", w, 4).bias).toBeGreaterThan(row("sde", w, 8).bias);
    }
  });
});

test("paths of the guided SDE in the plain coordinate have its moments", () => {
  const [w, M, count, steps] = [2, 2, 20_000, 400];
  const duration = Math.log(M) + 5;
  const h = duration / steps;
  const noise = philoxNoise(1);
  const x = new Float64Array(count);
  noise(x, 1, 0);
  const z = new Float64Array(count);
  for (let i = 0; i < steps; i++) {
    const m = M * Math.exp(-duration + (i + 0.5) * h);
    noise(z, 1, i + 1);
    for (let n = 0; n < count; n++) {
      // The linear part exactly.
      const drift = 2 * m * (w + (1 - w) * Math.tanh(m * x[n]!));
      const kept = Math.exp(-h);
      x[n] = kept * x[n]! + (1 - kept) * drift + Math.sqrt(1 - kept * kept) * z[n]!;
    }
  }
  const mean = x.reduce((sum, value) => sum + value, 0) / count;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  const found = guidedClass("sde", w, M);
  expect(Math.abs(mean - M - found.bias)).toBeLessThan(0.02);
  expect(Math.abs(variance - found.variance)).toBeLessThan(0.025);
});

test("names what is wrong", () => {
  expect(() => guidedClass("ddim" as "ode", 2, 1)).toThrow('dynamics must be "sde" or "ode"');
  expect(() => guidedClass("ode", 0.5, 1)).toThrow("w must be finite and at least 1, got 0.5");
  expect(() => guidedClass("sde", 2, 0)).toThrow("M must be positive");
});
