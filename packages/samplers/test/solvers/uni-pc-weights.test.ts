import { expect, test } from "vitest";
import { uniPcWeights } from "../../src/solvers/uni-pc-weights.ts";

/** ∫₀¹ e^{h(1−u)} h u^q du by Simpson's rule: what the weights must reproduce, up to sign conventions none. */
function moment(h: number, q: number): number {
  const n = 2000;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const u = i / n;
    sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp(h * (1 - u)) * h * u ** q;
  }
  return sum / (3 * n);
}

test.for(["bh1", "bh2"] as const)("%s weights integrate polynomials through the nodes", (type) => {
  for (const h of [-0.6, 0.6]) {
    const ratios = [-0.9, -2.1];
    for (const corrector of [false, true]) {
      const nodes = corrector ? [...ratios, 1] : ratios;
      const { base, rho } = uniPcWeights(h, ratios, type, corrector);
      expect(base).toBeCloseTo(Math.expm1(h), 14);
      nodes.forEach((_, q) => {
        const sum = nodes.reduce((total, node, k) => total + rho[k]! * node ** (q + 1), 0);
        expect(sum).toBeCloseTo(moment(h, q + 1), 11);
      });
    }
  }
});

test("a single unknown is one half", () => {
  expect(uniPcWeights(-0.5, [], "bh1", true).rho).toEqual([-0.25]);
  expect(uniPcWeights(-0.5, [-2], "bh2", false).rho[0]).toBeCloseTo(Math.expm1(-0.5) / -4, 15);
  expect(uniPcWeights(-0.5, [], "bh2", false).rho).toEqual([]);
});
