import {
  empirical,
  gaussianMixture,
  philoxNoise,
  potentialCurvature,
  potentialSpectrum,
} from "@symbreak/core";
import { symmetricEigenvalues } from "@symbreak/core/linalg";
import { type Denoiser, exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { LANDSCAPES, stabilityAt } from "../../src/index.ts";
import { vpLevel } from "./levels.ts";

const mixture = gaussianMixture({
  weights: [0.5, 0.3, 0.2],
  means: [
    [2, 0, 0, 1],
    [-1, 1, 0, 0],
    [0, -1, 2, -1],
  ],
  covariances: [0.3, 0.1, 0],
});
const x = Float64Array.of(0.3, -0.1, 0.2, 0.1);

describe("stabilityAt", () => {
  test.each([0.05, 0.4, 0.8])(
    "at alphaBar %d the posterior covariance and the Hessian of u are the mixture's",
    async (a) => {
      const level = vpLevel(a);
      const found = await stabilityAt(exactDenoiser(mixture), x, level, { tolerance: 1e-9 });
      const covariance = symmetricEigenvalues(mixture.posteriorCovariance(x, level), 4);
      found.posteriorVariances.forEach((value, k) => {
        expect(value / covariance[k]!).toBeCloseTo(1, 5);
      });
      const curvatures = potentialSpectrum(mixture, x, level);
      expect(found.curvature.potential).toBeCloseTo(curvatures.at(-1)!, 4);
      expect(found.curvature.potential).toBeCloseTo(potentialCurvature(covariance[0]!, a), 4);
      expect(found.asymmetry).toBeLessThan(1e-6);
      expect(found.topAsymmetry).toBeNull();
    },
  );

  test("a load of 1 is a curvature of 0, in every landscape", () => {
    for (const rule of Object.values(LANDSCAPES))
      for (const a of [0.01, 0.3, 0.7])
        expect(rule.curvature(rule.criticalVariance(a), a)).toBeCloseTo(0, 12);
  });

  test("the laws are where the critical variance is the prior's, or the Gaussian posterior's", () => {
    for (const rule of Object.values(LANDSCAPES))
      for (const lambda of [0.3, 1, 20]) {
        const law = rule.equalNormLaw(lambda);
        if (law > 0) expect(rule.criticalVariance(law) / lambda).toBeCloseTo(1, 12);
      }
    const a = LANDSCAPES.potential.gaussianLaw(20)!;
    const posterior = (20 * (1 - a)) / (20 * a + 1 - a);
    expect(posterior / LANDSCAPES.potential.criticalVariance(a)).toBeCloseTo(1, 12);
    expect(LANDSCAPES.potential.gaussianLaw(1.5)).toBeNull();
  });

  test("a Jacobian in single precision, by differences, is good to a percent", async () => {
    const data = new Float32Array(30 * 16);
    philoxNoise(2)(data, 16, 0);
    const law = empirical(data, 16);
    const exact = exactDenoiser(law);
    const rounded: Denoiser = {
      ...exact,
      predict: async (...given) => Float32Array.from(await exact.predict(...given)),
    };
    const point = new Float64Array(16);
    const level = vpLevel(0.4);
    const fine = await stabilityAt(exact, point, level, { tolerance: 1e-8, most: 16 });
    const coarse = await stabilityAt(rounded, point, level);
    fine.posteriorVariances.forEach((value, k) => {
      expect(coarse.posteriorVariances[k]! / value).toBeCloseTo(1, 2);
    });
  });

  test("products with J and Jᵀ of a denoiser that is no gradient give its symmetric part and the rest", async () => {
    const matrix = [0.9, 0.3, 0.1, 0.2];
    const linear = (flip: boolean) => (v: Float64Array | Float32Array) =>
      Float64Array.of(
        matrix[0]! * v[0]! + matrix[flip ? 2 : 1]! * v[1]!,
        matrix[flip ? 1 : 2]! * v[0]! + matrix[3]! * v[1]!,
      );
    const rows =
      (flip: boolean) => async (_: unknown, __: unknown, v: Float64Array | Float32Array) => {
        const out = new Float64Array(v.length);
        for (let i = 0; i < v.length; i += 2) out.set(linear(flip)(v.subarray(i, i + 2)), i);
        return out;
      };
    const level = vpLevel(0.5);
    const denoiser: Denoiser = {
      shape: [2],
      predicts: "sample",
      predict: (v, at) => rows(false)(v, at, v),
    };
    const [even] = symmetricEigenvalues(Float64Array.of(0.9, 0.2, 0.2, 0.2), 2);
    const toVariance = level.sigma ** 2 / level.alpha;
    const given = { product: rows(false), transposed: rows(true) };
    for (const options of [given, {}]) {
      const found = await stabilityAt(denoiser, new Float64Array(2), level, options);
      expect(found.posteriorVariances[0]).toBeCloseTo(toVariance * even!, 8);
      // The antisymmetric part has two entries of 0.1.
      const frobenius = Math.sqrt(0.9 ** 2 + 2 * 0.2 ** 2 + 0.2 ** 2);
      expect(found.asymmetry).toBeCloseTo(Math.sqrt(2 * 0.01) / frobenius, 8);
    }
    const { topAsymmetry } = await stabilityAt(denoiser, new Float64Array(2), level, given);
    expect(topAsymmetry).toBeGreaterThan(0.1);
    expect(topAsymmetry).toBeLessThan(0.3);
  });
});
