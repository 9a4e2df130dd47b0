import { expect, test } from "vitest";
import {
  criticalAlphaBar,
  gaussianMixture,
  generativePotential,
  hypersphere,
  potentialCurvature,
  potentialGradient,
  potentialSpectrum,
  twoDeltasCurvature,
} from "../../src/index.ts";
import { differences, largestGap } from "../distribution/support.ts";
import { vpLevel } from "../variance-preserving.ts";

const deltas = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] });

test("two deltas have the notebook's potential, up to its constant", () => {
  const level = vpLevel(0.49);
  const x = Float64Array.of(-1.3, 0, 0.4, 2);
  const notebook = x.map(
    (v) =>
      -(v * v) / 4 -
      Math.log(Math.exp(-((v - 0.7) ** 2) / 1.02) + Math.exp(-((v + 0.7) ** 2) / 1.02)),
  );
  const u = generativePotential(deltas, x, level);
  const gaps = u.map((value, i) => value - notebook[i]!);
  expect(
    largestGap(
      gaps,
      gaps.map(() => gaps[0]!),
    ),
  ).toBeLessThan(1e-14);
});

test("the gradient is the slope of the potential", () => {
  const square = gaussianMixture({
    weights: [1, 2, 3],
    means: [
      [1, 0],
      [-1, 0.5],
      [0, -1],
    ],
    covariances: [0.1, 0, 0.3],
  });
  const level = vpLevel(0.6);
  const x = Float64Array.of(0.3, -0.8);
  const slope = differences((at) => generativePotential(square, at, level), x);
  const gradient = potentialGradient(x, square.score(x, level), level);
  expect(
    largestGap(
      gradient,
      slope.map((part) => part[0]!),
    ),
  ).toBeLessThan(1e-9);
});

test("the curvature at the centre of two deltas is the closed form", () => {
  for (const theta of [0.1, 0.5, 0.7, 0.95]) {
    const [curvature] = potentialSpectrum(deltas, Float64Array.of(0), vpLevel(theta ** 2));
    expect(curvature! / twoDeltasCurvature(theta)).toBeCloseTo(1, 11);
  }
});

test("the first direction to become unstable is the widest, at the instability law", () => {
  const cross = gaussianMixture({
    weights: [1, 1, 1, 1],
    means: [
      [Math.SQRT2, 0],
      [-Math.SQRT2, 0],
      [0, Math.SQRT2],
      [0, -Math.SQRT2],
    ],
    covariances: [0, 0, 0, 0],
  });
  const at = (alphaBar: number) => potentialSpectrum(cross, new Float64Array(2), vpLevel(alphaBar));
  const critical = criticalAlphaBar(1); // covariance I: both directions at once
  for (const curvature of at(critical)) expect(curvature).toBeCloseTo(0, 13);
  for (const curvature of at(0.3)) expect(curvature).toBeCloseTo(potentialCurvature(1, 0.3), 13);
  const both = potentialSpectrum(cross, new Float64Array(4), vpLevel(0.3));
  expect([...both]).toEqual([...at(0.3), ...at(0.3)]);
});

test("any distribution has a potential: the sphere's centre is a maximum after the transition", () => {
  const sphere = hypersphere(3, 1);
  const critical = criticalAlphaBar(1 / 3);
  for (const [alphaBar, sign] of [
    [critical * 0.99, 1],
    [critical * 1.01, -1],
  ] as const) {
    const [centre, beside] = generativePotential(
      sphere,
      Float64Array.of(0, 0, 0, 1e-3, 0, 0),
      vpLevel(alphaBar),
    );
    expect(Math.sign(beside! - centre!)).toBe(sign);
  }
});

test("levels of another process are refused, those of single-precision tables are not", () => {
  const x = Float64Array.of(0);
  expect(() => generativePotential(deltas, x, { alpha: 1, sigma: 1 })).toThrow(
    "generativePotential: level must have alpha² + sigma² = 1",
  );
  const rounded = { alpha: Math.fround(Math.sqrt(0.3)), sigma: Math.fround(Math.sqrt(0.7)) };
  expect(() => potentialGradient(x, x, rounded)).not.toThrow();
});
