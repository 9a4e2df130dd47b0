import fc from "fast-check";
import { expect, test } from "vitest";
import {
  convert,
  type NoiseLevel,
  type Prediction,
  toEpsilon,
  toSample,
  vp,
} from "../src/index.ts";

const KINDS: Prediction[] = ["epsilon", "v", "sample", "score", "flow"];
const unit = fc.double({ min: -3, max: 3, noNaN: true });
const amplitude = fc.double({ min: 0.05, max: 20, noNaN: true });
const level: fc.Arbitrary<NoiseLevel> = fc.oneof(
  fc.double({ min: 0.01, max: 1, noNaN: true }).map((t) => vp().level(t)),
  fc.record({ alpha: amplitude, sigma: amplitude, timestep: fc.constant(0) }),
);

/** Each prediction that is exactly right about x = alpha·x0 + sigma·epsilon. */
function truth(
  x0: number,
  epsilon: number,
  { alpha, sigma }: NoiseLevel,
): Record<Prediction, number> {
  const norm = Math.hypot(alpha, sigma);
  return {
    sample: x0,
    epsilon,
    v: (alpha * epsilon - sigma * x0) / norm,
    score: -epsilon / sigma,
    flow: epsilon - x0,
  };
}

test("every kind turns into every other, and the right prediction into the right one", () => {
  fc.assert(
    fc.property(unit, unit, level, (x0, epsilon, at) => {
      const x = Float64Array.of(at.alpha * x0 + at.sigma * epsilon);
      const right = truth(x0, epsilon, at);
      const spread = (1 + at.alpha / at.sigma + at.sigma / at.alpha) ** 2 * (1 + 1 / at.sigma);
      for (const from of KINDS)
        for (const to of KINDS) {
          const [found] = convert(Float64Array.of(right[from]), x, at, from, to);
          expect(Math.abs(found! - right[to])).toBeLessThan(1e-13 * spread);
        }
    }),
  );
});

test("conversions invert", () => {
  fc.assert(
    fc.property(unit, unit, level, (given, value, at) => {
      const x = Float64Array.of(value);
      const spread = (1 + at.alpha / at.sigma + at.sigma / at.alpha) ** 2 * (1 + 1 / at.sigma);
      for (const from of KINDS)
        for (const to of KINDS) {
          const there = convert(Float64Array.of(given), x, at, from, to);
          const [back] = convert(there, x, at, to, from);
          expect(Math.abs(back! - given)).toBeLessThan(1e-13 * spread);
        }
    }),
  );
});

test("on a variance-preserving level they are diffusers' formulas", () => {
  const a = 0.36;
  const at = { alpha: 0.6, sigma: 0.8, timestep: 0 };
  const [x, out] = [Float64Array.of(1.5), Float64Array.of(0.25)];
  const [root, rest] = [Math.sqrt(a), Math.sqrt(1 - a)];
  expect(toSample(out, x, at, "epsilon")[0]).toBeCloseTo((1.5 - rest * 0.25) / root, 15);
  expect(toSample(out, x, at, "v")[0]).toBeCloseTo(root * 1.5 - rest * 0.25, 15);
  expect(toEpsilon(out, x, at, "v")[0]).toBeCloseTo(root * 0.25 + rest * 1.5, 15);
  expect(toEpsilon(out, x, at, "score")[0]).toBeCloseTo(-0.8 * 0.25, 15);
  expect(toSample(out, x, at, "sample")).toEqual(out);
});

test("v in k-diffusion's sigma form: x0 = x/(sigma² + 1) − sigma·v/√(sigma² + 1)", () => {
  const sigma = 3;
  const at = { alpha: 1, sigma, timestep: 0 };
  const [x0] = toSample(Float64Array.of(0.25), Float64Array.of(1.5), at, "v");
  expect(x0).toBeCloseTo(1.5 / (sigma ** 2 + 1) - (sigma * 0.25) / Math.sqrt(sigma ** 2 + 1), 15);
});

test("at zero terminal SNR v and sample still tell the sample, epsilon cannot", () => {
  const at = { alpha: 0, sigma: 1, timestep: 999 };
  const [x, out] = [Float32Array.of(0.5), Float32Array.of(2)];
  expect([...toSample(out, x, at, "v")]).toEqual([-2]);
  expect([...toEpsilon(out, x, at, "sample")]).toEqual([0.5]);
  expect(() => toSample(out, x, at, "epsilon")).toThrow(/convert: epsilon must determine sample/);
});

test("the result has x's type; wrong lengths and kinds are refused", () => {
  const at = { alpha: 0.6, sigma: 0.8, timestep: 0 };
  expect(toSample(new Float64Array(2), new Float32Array(2), at, "epsilon")).toBeInstanceOf(
    Float32Array,
  );
  expect(() => toSample(new Float32Array(3), new Float32Array(2), at, "v")).toThrow(
    /2 elements of x, got 3/,
  );
  const kind = "noise" as Prediction;
  expect(() => toSample(new Float32Array(1), new Float32Array(1), at, kind)).toThrow(/got "noise"/);
});
