import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CLEAN,
  covarianceMatrix,
  gaussian,
  gaussianMixture,
  type Level,
  philoxNoise,
} from "../../src/index.ts";
import { symmetricEigen } from "../../src/linalg/index.ts";
import { differences, LEVELS, largestGap, normals, randomCovariance } from "./support.ts";

const SIZE = 3;
const weights = [0.5, 0.3, 0.2];
const means = [normals(SIZE, 31), normals(SIZE, 32), normals(SIZE, 33)];
const mixture = gaussianMixture({
  weights,
  means,
  covariances: [
    0.4,
    { kind: "diagonal", variances: Float64Array.of(0.2, 1, 0.05) },
    randomCovariance(SIZE, 34),
  ],
});
const x = normals(SIZE, 35);

test.each(LEVELS)("the score is the gradient of the log density at %o", (level) => {
  const slope = differences((at) => mixture.logDensity(at, level), x);
  const score = mixture.score(x, level);
  expect(
    largestGap(
      score,
      slope.map((part) => part[0]!),
    ),
  ).toBeLessThan(1e-7);
});

test.each(LEVELS)("the Hessian is the Jacobian of the score at %o", (level) => {
  const jacobian = differences((at) => mixture.score(at, level), x);
  const flat = jacobian.flatMap((column) => [...column]);
  expect(largestGap(mixture.hessian(x, level), flat)).toBeLessThan(1e-5);
});

test.each(LEVELS)("the denoiser and the posterior covariance obey Tweedie at %o", (level) => {
  const { alpha, sigma } = level;
  const score = mixture.score(x, level);
  const first = x.map((value, i) => (value + sigma ** 2 * score[i]!) / alpha);
  expect(largestGap(mixture.denoise(x, level), first)).toBeLessThan(1e-10);
  const hessian = mixture.hessian(x, level);
  const second = hessian.map(
    (value, i) => (sigma / alpha) ** 2 * ((i % (SIZE + 1) === 0 ? 1 : 0) + sigma ** 2 * value),
  );
  expect(largestGap(mixture.posteriorCovariance(x, level), second)).toBeLessThan(1e-8);
});

test("the posterior over components is Bayes' rule on the component densities", () => {
  const level = LEVELS[1]!;
  const joint = mixture.components.map(
    (component, k) => weights[k]! * Math.exp(component.logDensity(x, level)[0]!),
  );
  const total = joint.reduce((sum, value) => sum + value, 0);
  const bayes = joint.map((value) => value / total);
  expect(largestGap(mixture.posterior(x, level), bayes)).toBeLessThan(1e-14);
  expect(mixture.logDensity(x, level)[0]).toBeCloseTo(Math.log(total), 13);
});

test("components of one class add up, and the conditional law is that class alone", () => {
  const level = LEVELS[1]!;
  const [a, b, c] = mixture.posterior(x, level);
  expect([...mixture.classPosterior(x, level, [1, 0, 1])]).toEqual([b, a! + c!]);
  const odd = mixture.conditional([0, 2]);
  expect([...odd.weights]).toEqual([0.5 / 0.7, 0.2 / 0.7]);
  const joint = odd.logDensity(x, level)[0]! + Math.log(0.7) - mixture.logDensity(x, level)[0]!;
  expect(Math.exp(joint)).toBeCloseTo(a! + c!, 14);
});

test("the conditional score is the mixture's plus the gradient of the class posterior", () => {
  const level = LEVELS[1]!;
  const logClass = (at: Float64Array) =>
    mixture.classPosterior(at, level, [1, 0, 1]).subarray(1).map(Math.log);
  const guided = mixture.score(x, level);
  differences(logClass, x).forEach((slope, i) => {
    guided[i]! += slope[0]!;
  });
  expect(largestGap(mixture.conditional([0, 2]).score(x, level), guided)).toBeLessThan(1e-9);
});

test("a mixture of one is the Gaussian", () => {
  const covariance = randomCovariance(SIZE, 40);
  const one = gaussianMixture({ weights: [7], means: [means[0]!], covariances: [covariance] });
  const law = gaussian({ size: SIZE, mean: means[0]!, covariance });
  const level = LEVELS[1]!;
  expect(one.score(x, level)).toEqual(law.score(x, level));
  expect(one.logDensity(x, level)).toEqual(law.logDensity(x, level));
  expect(one.posteriorCovariance(x, level)).toEqual(
    covarianceMatrix(law.posteriorCovariance(level), SIZE),
  );
  expect(
    largestGap(
      covarianceMatrix(one.moments().covariance, SIZE),
      covarianceMatrix(covariance, SIZE),
    ),
  ).toBeLessThan(1e-14);
});

test("the moments of two deltas are those of a coin", () => {
  const coin = gaussianMixture({ weights: [3, 1], means: [[1], [-1]], covariances: [0, 0] });
  const { mean, covariance } = coin.moments();
  expect(mean[0]).toBeCloseTo(0.5, 15);
  expect(covarianceMatrix(covariance, 1)[0]).toBeCloseTo(0.75, 15);
});

test("the posterior covariance is positive semi-definite everywhere", () => {
  const coordinate = fc.double({ min: -20, max: 20, noNaN: true });
  const level = fc.record({
    alpha: fc.double({ min: 0, max: 1, noNaN: true }),
    sigma: fc.double({ min: 1e-4, max: 100, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.tuple(coordinate, coordinate, coordinate), level, (at, level: Level) => {
      const covariance = mixture.posteriorCovariance(Float64Array.from(at), level);
      const { values } = symmetricEigen(covariance, SIZE);
      expect(values[SIZE - 1]).toBeGreaterThanOrEqual(-1e-13 * values[0]!);
    }),
  );
});

test("deltas at tiny noise answer with the nearest one", () => {
  const deltas = gaussianMixture({
    weights: [1, 1],
    means: [
      [1, 0],
      [-1, 0],
    ],
    covariances: [0, 0],
  });
  const level = { alpha: 1, sigma: 1e-120 };
  const at = Float64Array.of(0.9, 0);
  expect([...deltas.denoise(at, level)]).toEqual([1, 0]);
  expect([...deltas.posterior(at, level)]).toEqual([1, 0]);
  expect([...deltas.posteriorCovariance(at, level)].every(Number.isFinite)).toBe(true);
  expect(deltas.hessian(at, level)[0]).toBeCloseTo(-1e240, -226);
});

test("sampled components have their weights, within five binomial standard errors", () => {
  const far = gaussianMixture({
    weights: [0.8, 0, 0.2],
    means: [[10], [0], [-10]],
    covariances: [1, 1, 1],
  });
  const count = 20_000;
  const draws = far.sample(count, philoxNoise(17));
  const share = draws.reduce((sum, value) => sum + (value > 5 ? 1 : 0), 0) / count;
  expect(Math.abs(share - 0.8)).toBeLessThan(5 * Math.sqrt((0.8 * 0.2) / count));
  expect(draws.every((value) => Math.abs(value) > 4)).toBe(true);
});

test("a sample is the same in any batch, and carries the level's noise", () => {
  const level = { alpha: 0.6, sigma: 0.8 };
  const many = mixture.sample(16, philoxNoise(3), level);
  const few = mixture.sample(2, philoxNoise(3, [4, 11]), level);
  expect([...few]).toEqual([...many.subarray(12, 15), ...many.subarray(33, 36)]);
  const count = 20_000;
  const deltas = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] });
  const square = deltas.sample(count, philoxNoise(5), level).reduce((sum, v) => sum + v * v, 0);
  expect(Math.abs(square / count - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
});

test("clean points have no density, and bad lists are named", () => {
  const deltas = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] });
  expect(() => deltas.score(Float64Array.of(0), CLEAN)).toThrow(
    "the covariance is singular, got 0",
  );
  expect(() => gaussianMixture({ weights: [1], means: [[1], [2]], covariances: [0] })).toThrow(
    "gaussianMixture: weights, means and covariances must be as many, at least one, got [1, 2, 1]",
  );
  expect(() => gaussianMixture({ weights: [-1], means: [[1]], covariances: [0] })).toThrow(
    "weights must be finite, not negative and not all 0",
  );
  expect(() => mixture.conditional([3])).toThrow("components must be some of 0 … 2, got [3]");
  expect(() => mixture.classPosterior(x, LEVELS[0]!, [0, 1])).toThrow("each of 3 components");
});
