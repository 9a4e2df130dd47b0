import { expect, test } from "vitest";
import { vp } from "../../src/index.ts";

test("theta(1) = 0.006571586494929619, as the authors' notebook prints, and alphaBar(1) = 4.318575e-5", () => {
  expect(vp().alpha(1)).toBeCloseTo(0.006571586494929619, 17);
  expect(vp().alpha(1) ** 2).toBeCloseTo(4.318575e-5, 11);
});

test("two deltas: theta_c is reached at s = 0.2926416543, the density splits at 0.2589602624", () => {
  const logSnr = (a: number) => Math.log(a / (1 - a));
  expect(vp().timeAt(logSnr(Math.SQRT2 - 1))).toBeCloseTo(0.2926416543, 10);
  expect(vp().timeAt(logSnr(0.5))).toBeCloseTo(0.2589602624, 10);
  expect(vp().alpha(0.2926416543)).toBeCloseTo(0.6435942529, 9);
});

test("sigma keeps its digits where alphaBar rounds to 1", () => {
  const t = 1e-12;
  expect(vp().sigma(t) / Math.sqrt(0.1 * t)).toBeCloseTo(1, 10);
});
