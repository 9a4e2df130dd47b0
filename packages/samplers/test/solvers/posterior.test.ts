import { levelOfSigma } from "@symbreak/core";
import { expect, test } from "vitest";
import { posterior } from "../../src/index.ts";

test.for([
  { name: "preserving", from: levelOfSigma(3, 1), to: levelOfSigma(1, 0) },
  {
    name: "exploding",
    from: { alpha: 1, sigma: 3, timestep: 1 },
    to: { alpha: 1, sigma: 1, timestep: 0 },
  },
])("the posterior of a $name process is Bayes' rule", ({ from, to }) => {
  // Prior x' ~ N(α'x0, σ'²), likelihood x ~ N(a x', β).
  const a = from.alpha / to.alpha;
  const beta = from.sigma ** 2 - a ** 2 * to.sigma ** 2;
  const precision = 1 / to.sigma ** 2 + a ** 2 / beta;
  const q = posterior(from, to);
  expect(q.large).toBeCloseTo(beta, 14);
  expect(q.small).toBeCloseTo(1 / precision, 14);
  expect(q.ofSample).toBeCloseTo(to.alpha / to.sigma ** 2 / precision, 14);
  expect(q.ofX).toBeCloseTo(a / beta / precision, 14);
});

test("the posterior takes a beta that is known better", () => {
  const q = posterior(levelOfSigma(3, 1), levelOfSigma(1, 0), 0.25);
  expect(q.large).toBe(0.25);
});
