import { expect, test } from "vitest";
import { betaQuantile } from "../../src/diffusers/beta-quantile.ts";

test("the quantile of Beta(1, 1) is the probability, and of Beta(1/2, 1/2) the arcsine law", () => {
  for (const p of [0, 1e-6, 0.03, 0.25, 0.5, 0.8, 1]) {
    expect(betaQuantile(p, 1)).toBeCloseTo(p, 14);
    expect(betaQuantile(p, 0.5)).toBeCloseTo(Math.sin((Math.PI * p) / 2) ** 2, 14);
  }
});

test("Beta(0.6, 0.6) as SciPy has it", () => {
  // scipy.stats.beta.ppf(p, 0.6, 0.6), SciPy 1.17.
  expect(betaQuantile(0.01, 0.6)).toBeCloseTo(0.0008612388215429059, 15);
  expect(betaQuantile(0.25, 0.6)).toBeCloseTo(0.17568037865269498, 14);
  expect(betaQuantile(0.9, 0.6)).toBeCloseTo(0.9604155944112192, 14);
});
