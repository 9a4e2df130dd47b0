import { expect, test } from "vitest";
import {
  criticalAlphaBar,
  hypersphere,
  hypersphereCriticalAlphaBar,
  hypersphereWell,
  potentialGradient,
  twoDeltasFixedPoint,
} from "../../src/index.ts";
import { vpLevel } from "../variance-preserving.ts";

test("on the sphere lambda is r²/D: one dimension is two deltas", () => {
  expect(hypersphereCriticalAlphaBar(1)).toBe(criticalAlphaBar(1));
  const [d, r] = [7, 2];
  const printed = (Math.sqrt(d * d + r ** 4) - r * r) / d;
  expect(hypersphereCriticalAlphaBar(d, r)).toBeCloseTo(printed, 15);
  for (const theta of [0.65, 0.8, 0.99])
    expect(hypersphereWell(1, theta ** 2)).toBeCloseTo(twoDeltasFixedPoint(theta), 12);
});

test("the potential is flat on the sphere of wells, and nowhere but at the centre before it opens", () => {
  const [d, r] = [5, 3];
  const sphere = hypersphere(d, r);
  const critical = hypersphereCriticalAlphaBar(d, r);
  expect(hypersphereWell(d, critical * 0.999, r)).toBe(0);
  expect(hypersphereWell(d, critical * (1 + 1e-9), r)).toBeGreaterThan(0);
  expect(hypersphereWell(d, critical * (1 + 1e-9), r)).toBeLessThan(1e-3);
  for (const alphaBar of [critical * 1.01, 0.5, 0.9]) {
    const x = new Float64Array(d);
    x[2] = hypersphereWell(d, alphaBar, r);
    const level = vpLevel(alphaBar);
    const gradient = potentialGradient(x, sphere.score(x, level), level);
    for (const slope of gradient) expect(slope).toBeCloseTo(0, 11);
  }
  expect(hypersphereWell(d, 0.9999, r)).toBeCloseTo(r, 3);
});

test("wrong arguments are named", () => {
  expect(() => hypersphereCriticalAlphaBar(1.5)).toThrow(
    "hypersphereCriticalAlphaBar: dimension must be a positive integer, got 1.5",
  );
  expect(() => hypersphereWell(2, 0.5, 0)).toThrow("hypersphereWell: radius must be positive");
  expect(() => hypersphereWell(2, 1)).toThrow(
    "hypersphereWell: alphaBar must lie in (0, 1), got 1",
  );
});
