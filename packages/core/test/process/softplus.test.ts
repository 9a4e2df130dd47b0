import { expect, test } from "vitest";
import { sigmoid, softplus } from "../../src/process/softplus.ts";

test("softplus is ln(1 + eˣ), in the tails x and eˣ", () => {
  expect(softplus(0)).toBe(Math.LN2);
  expect(softplus(1.5)).toBeCloseTo(Math.log(1 + Math.exp(1.5)), 15);
  expect(softplus(800)).toBe(800);
  expect(softplus(-50)).toBe(Math.exp(-50));
  expect(softplus(Number.NEGATIVE_INFINITY)).toBe(0);
});

test("sigmoid is 1/(1 + e⁻ˣ) with a relative error of one rounding in both tails", () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(2)).toBeCloseTo(1 / (1 + Math.exp(-2)), 15);
  expect(sigmoid(-700)).toBe(Math.exp(-700));
  expect(sigmoid(Number.POSITIVE_INFINITY)).toBe(1);
});
