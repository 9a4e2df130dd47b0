import { CLEAN, levelOfSigma } from "@symbreak/core";
import { expect, test } from "vitest";
import { type DpmAlgorithm, dpmCoefficients, lambda } from "../../src/solvers/dpm-coefficients.ts";

const [FROM, TO] = [levelOfSigma(2, 1), levelOfSigma(0.7, 0)];
const H = lambda(TO) - lambda(FROM);

/** ∫₀¹ f by Simpson's rule. */
function integral(f: (u: number) => number, n = 2000): number {
  let sum = 0;
  for (let i = 0; i <= n; i++) sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * f(i / n);
  return sum / (3 * n);
}

/** The kernel of each exact solution: x' = … + ∫ kernel(u) m(λ + uh) du. */
const KERNELS: Record<DpmAlgorithm, (u: number) => number> = {
  "dpmsolver++": (u) => TO.alpha * H * Math.exp(-H * (1 - u)),
  dpmsolver: (u) => -TO.sigma * H * Math.exp(H * (1 - u)),
  "sde-dpmsolver++": (u) => 2 * TO.alpha * H * Math.exp(-2 * H * (1 - u)),
  "sde-dpmsolver": (u) => -2 * TO.sigma * H * Math.exp(H * (1 - u)),
};

test.for(Object.entries(KERNELS))("the weights of %s integrate 1, u and u²/2", ([name, kernel]) => {
  const c = dpmCoefficients(name as DpmAlgorithm, FROM, TO);
  expect(c.d0).toBeCloseTo(integral(kernel), 11);
  expect(c.d1.heun).toBeCloseTo(
    integral((u) => kernel(u) * u),
    11,
  );
  expect(c.d1.midpoint).toBeCloseTo(c.d0 / 2, 14);
  expect(c.d2).toBeCloseTo(
    integral((u) => (kernel(u) * u * u) / 2),
    11,
  );
});

test("sde-dpmsolver++ keeps the variance of noise that it forgets and refills", () => {
  // With x0 = 0 known, x = σε becomes σ'ε'.
  const c = dpmCoefficients("sde-dpmsolver++", FROM, TO);
  expect((c.ofX * FROM.sigma) ** 2 + c.noise ** 2).toBeCloseTo(TO.sigma ** 2, 13);
});

test("sde-dpmsolver adds the noise of the reverse diffusion", () => {
  const { noise } = dpmCoefficients("sde-dpmsolver", FROM, TO);
  const removed = (FROM.sigma / FROM.alpha) ** 2 - (TO.sigma / TO.alpha) ** 2;
  expect(noise ** 2).toBeCloseTo(TO.alpha ** 2 * removed, 13);
});

test.for(["dpmsolver++", "dpmsolver", "sde-dpmsolver++"] as const)(
  "%s lands on clean data",
  (name) => {
    const c = dpmCoefficients(name, FROM, CLEAN);
    if (name === "dpmsolver") {
      // x0 = (x − σε)/α.
      expect(c.ofX).toBeCloseTo(1 / FROM.alpha, 14);
      expect(c.d0).toBeCloseTo(-FROM.sigma / FROM.alpha, 14);
    } else expect([c.ofX, c.d0]).toEqual([0, 1]);
    expect(c.noise).toBe(0);
    expect(Number.isFinite(c.d1.heun + c.d2)).toBe(true);
  },
);

test("sde-dpmsolver cannot reach clean data, and other names are refused", () => {
  expect(() => dpmCoefficients("sde-dpmsolver", FROM, CLEAN)).toThrow(/must end above clean data/);
  expect(() => dpmCoefficients("dpm" as "dpmsolver", FROM, TO)).toThrow(/algorithm must be/);
});
