import { expect, test } from "vitest";
import { gaussianAverage } from "../../src/potential/gaussian-average.ts";

test("averages of exp(−v²)-like functions are exact to round-off at any width", () => {
  // ∫ exp(−v²/2) N(v; h, κ) dv = exp(−h²/(2(1+κ)))/√(1+κ)
  for (const kappa of [1e-6, 0.01, 1, 50, 1e4])
    for (const field of [0, 1.5]) {
      const exact = Math.exp((-field * field) / (2 * (1 + kappa))) / Math.sqrt(1 + kappa);
      const found = gaussianAverage((v) => Math.exp(-0.5 * v * v), kappa, field);
      expect(found / exact).toBeCloseTo(1, 13);
    }
});
