import { expect, test } from "vitest";
import {
  classEntropy,
  classEntropySlope,
  classSurpriseVariance,
  cloningProbability,
} from "../../src/index.ts";

/** Where f is greatest in [low, high], by golden section. */
function greatest(f: (x: number) => number, low: number, high: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  for (let i = 0; i < 80; i++) {
    const [p, q] = [b - golden * (b - a), a + golden * (b - a)];
    if (f(p) > f(q)) b = q;
    else a = p;
  }
  return (a + b) / 2;
}

test.each([0.5, 0.2])("the slope is the entropy's own, weight %d", (weight) => {
  for (const kappa of [0.1, 1, 4]) {
    const h = 1e-4;
    const difference =
      (classEntropy(kappa - h, weight) - classEntropy(kappa + h, weight)) / (2 * h);
    expect(classEntropySlope(kappa, weight)).toBeCloseTo(difference, 7);
  }
});

// Two Gaussians, deviation 1, kappa = c², c = M e^{−t}.
test("at t_S the entropy is 0.35632 nats and phi 0.77520; the signatures peak where they should", () => {
  expect(classEntropy(1)).toBeCloseTo(0.35632, 5);
  expect(classEntropy(1) / Math.LN2).toBeCloseTo(0.51406, 5);
  expect(cloningProbability(1)).toBeCloseTo(0.7752, 5);
  const rate = (c: number) => 2 * c * c * classEntropySlope(c * c);
  const fastest = greatest(rate, 0.5, 3);
  expect(fastest).toBeCloseTo(1.22814, 5);
  expect(-Math.log(fastest)).toBeCloseTo(-0.2055, 4);
  expect(rate(fastest)).toBeCloseTo(0.4795, 4);
  const widest = greatest((c) => classSurpriseVariance(c * c), 0.5, 3);
  expect(widest).toBeCloseTo(1.013, 3);
  expect(-Math.log(widest)).toBeCloseTo(-0.013, 3);
  // H = ½ bit.
  let [low, high] = [0.5, 2];
  for (let i = 0; i < 60; i++) {
    const c = (low + high) / 2;
    if (classEntropy(c * c) > 0.5 * Math.LN2) low = c;
    else high = c;
  }
  expect(-Math.log(low)).toBeCloseTo(-0.022, 3);
});

test.each([0.5, 0.3])("the variance is that of −ln p(class | x), weight %d", (weight) => {
  for (const kappa of [0.3, 1.5, 6]) {
    const c = Math.sqrt(kappa);
    let [first, second] = [0, 0];
    const h = 0.005;
    for (let x = -14; x < 14; x += h) {
      const plus = weight * Math.exp(-0.5 * (x - c) ** 2);
      const minus = (1 - weight) * Math.exp(-0.5 * (x + c) ** 2);
      for (const part of [plus, minus]) {
        const surprise = -Math.log(part / (plus + minus));
        first += (h * part * surprise) / Math.sqrt(2 * Math.PI);
        second += (h * part * surprise ** 2) / Math.sqrt(2 * Math.PI);
      }
    }
    expect(classSurpriseVariance(kappa, weight)).toBeCloseTo(second - first ** 2, 9);
  }
});

test("at both ends: nothing known, all known", () => {
  expect(classSurpriseVariance(0)).toBe(0);
  expect(classSurpriseVariance(Infinity)).toBe(0);
  expect(classSurpriseVariance(1e-9, 0.2)).toBeCloseTo(classSurpriseVariance(0, 0.2), 6);
  expect(() => classSurpriseVariance(-1)).toThrow("kappa must not be negative");
  expect(() => classSurpriseVariance(1, 1)).toThrow("weight must lie in (0, 1)");
});
