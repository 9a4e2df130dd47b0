import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyFunction,
  CLEAN,
  covarianceMatrix,
  gaussian,
  isotropic,
  type Moments,
  multiply,
  philoxNoise,
  smallestVariance,
  sumOverSpectrum,
} from "../../src/index.ts";
import { differences, LEVELS, largestGap, normals, randomCovariance } from "./support.ts";

const SIZE = 5;
const mean = normals(SIZE, 11);
const full: Moments = { size: SIZE, mean, covariance: randomCovariance(SIZE, 12) };
const diagonal: Moments = {
  size: SIZE,
  mean,
  covariance: { kind: "diagonal", variances: Float64Array.of(4, 1, 0.25, 0.01, 2) },
};
const x = normals(3 * SIZE, 13);

test("a one-dimensional Gaussian has its textbook density, score and denoiser", () => {
  const covariance = { kind: "diagonal", variances: Float64Array.of(4) } as const;
  const law = gaussian({ size: 1, mean: Float64Array.of(3), covariance });
  const level = { alpha: 0.5, sigma: 2 }; // N(1.5, 5)
  const at = Float64Array.of(2.5);
  expect(law.logDensity(at, level)[0]).toBeCloseTo(-0.1 - 0.5 * Math.log(10 * Math.PI), 15);
  expect(law.score(at, level)[0]).toBeCloseTo(-0.2, 15);
  expect(law.denoise(at, level)[0]).toBeCloseTo(3 + (0.5 * 4) / 5, 15);
  expect(law.logDensity(at, CLEAN)[0]).toBeCloseTo(-0.03125 - 0.5 * Math.log(8 * Math.PI), 15);
});

for (const [name, moments] of Object.entries({ full, diagonal })) {
  const law = gaussian(moments);

  test.each(LEVELS)(`${name}: the score is the gradient of the log density at %o`, (level) => {
    const point = x.subarray(0, SIZE);
    const slope = differences((at) => law.logDensity(at, level), point);
    const score = law.score(point, level);
    expect(
      largestGap(
        score,
        slope.map((part) => part[0]!),
      ),
    ).toBeLessThan(1e-8);
  });

  test.each(LEVELS)(`${name}: the denoiser obeys Tweedie's formula at %o`, (level) => {
    const { alpha, sigma } = level;
    const score = law.score(x, level);
    const tweedie = x.map((value, i) => (value + sigma * sigma * score[i]!) / alpha);
    expect(largestGap(law.denoise(x, level), tweedie)).toBeLessThan(1e-11);
  });

  test(`${name}: the probability flow follows dx/d(sigma/alpha) of its own score`, () => {
    // In x/alpha the flow is dy/ds = −s · score · alpha at s = sigma/alpha (VE form): check its derivative.
    const [s, step] = [0.7, 1e-5];
    const at = (ratio: number) => ({ alpha: 1, sigma: ratio });
    const up = law.flow(x, at(s), at(s + step));
    const down = law.flow(x, at(s), at(s - step));
    const slope = up.map((value, i) => (value - down[i]!) / (2 * step));
    const expected = law.score(x, at(s)).map((value) => -s * value);
    expect(largestGap(slope, expected)).toBeLessThan(1e-9);
  });

  test(`${name}: the flow composes and inverts, to clean data as well`, () => {
    const [a, b] = [LEVELS[0]!, LEVELS[3]!];
    const direct = law.flow(x, a, CLEAN);
    expect(largestGap(law.flow(law.flow(x, a, b), b, CLEAN), direct)).toBeLessThan(1e-12);
    expect(largestGap(law.flow(direct, CLEAN, a), x)).toBeLessThan(1e-12);
  });
}

test("full, diagonal and low-rank descriptions of one Gaussian agree", () => {
  const variances = Float64Array.of(9, 4, 0.5, 0.5, 0.5);
  const eigenvectors = new Float64Array(2 * SIZE);
  eigenvectors[0] = 1;
  eigenvectors[SIZE + 1] = -1;
  const eigenvalues = Float64Array.of(9, 4);
  const covariance = { kind: "spectral", eigenvalues, eigenvectors, residual: 0.5 } as const;
  const low = gaussian({ size: SIZE, mean, covariance });
  const flat = gaussian({ size: SIZE, mean, covariance: { kind: "diagonal", variances } });
  const level = { alpha: 0.8, sigma: 0.6 };
  expect(largestGap(low.logDensity(x, level), flat.logDensity(x, level))).toBeLessThan(1e-13);
  expect(largestGap(low.score(x, level), flat.score(x, level))).toBeLessThan(1e-13);
  expect(largestGap(low.denoise(x, level), flat.denoise(x, level))).toBeLessThan(1e-13);
  const noise = philoxNoise(4);
  expect(largestGap(low.sample(7, noise, level), flat.sample(7, noise, level))).toBeLessThan(1e-13);
});

test("single-precision batches give double-precision answers", () => {
  const single = Float32Array.from(x);
  const law = gaussian(full);
  const level = LEVELS[1]!;
  expect(law.score(single, level)).toEqual(law.score(Float64Array.from(single), level));
});

test("the posterior covariance lies between zero and the prior at every level", () => {
  const alphas = fc.double({ min: 0, max: 1, noNaN: true });
  const sigmas = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(alphas, sigmas, (alpha, sigma) => {
      const posterior = gaussian(full).posteriorCovariance({ alpha, sigma });
      expect(smallestVariance(posterior, SIZE)).toBeGreaterThan(0);
      const trace = sumOverSpectrum(posterior, SIZE, (variance) => variance);
      const prior = sumOverSpectrum(full.covariance, SIZE, (variance) => variance);
      expect(trace).toBeLessThanOrEqual(prior * (1 + 1e-12));
    }),
  );
});

test("the posterior covariance obeys Tweedie's second formula", () => {
  const { alpha, sigma } = LEVELS[1]!;
  const identity = covarianceMatrix(isotropic(1), SIZE);
  const inverse = (v: number) => 1 / (alpha ** 2 * v + sigma ** 2);
  const precision = applyFunction(full.covariance, SIZE, identity, inverse);
  const tweedie = identity.map(
    (one, i) => (sigma / alpha) ** 2 * (one - sigma ** 2 * precision[i]!),
  );
  const posterior = covarianceMatrix(gaussian(full).posteriorCovariance({ alpha, sigma }), SIZE);
  expect(largestGap(posterior, tweedie)).toBeLessThan(1e-14);
});

test("samples have the moments of the level, within five standard errors", () => {
  const law = gaussian(full);
  const level = { alpha: 0.8, sigma: 0.6 };
  const count = 20_000;
  const draws = law.sample(count, philoxNoise(21), level);
  const centred = draws.map((value, i) => value - level.alpha * mean[i % SIZE]!);
  const transposed = new Float64Array(centred.length);
  for (let i = 0; i < centred.length; i++)
    transposed[(i % SIZE) * count + Math.floor(i / SIZE)] = centred[i]!;
  const shape = { rows: SIZE, inner: count, columns: SIZE };
  const second = multiply(transposed, centred, shape).map((value) => value / count);
  const noised = covarianceMatrix(full.covariance, SIZE).map(
    (value, i) => level.alpha ** 2 * value + (i % (SIZE + 1) === 0 ? level.sigma ** 2 : 0),
  );
  const largest = Math.max(...noised);
  expect(largestGap(second, noised)).toBeLessThan(5 * largest * Math.sqrt(2 / count));
});

test.each([5, 200, 260])(
  "a sample is the same in any batch, bit for bit, in %i dimensions",
  (size) => {
    const rotated = { size, mean: normals(size, 14), covariance: randomCovariance(size, 15) };
    const law = gaussian(rotated);
    const many = law.sample(8, philoxNoise(9), LEVELS[1]!);
    const one = law.sample(1, philoxNoise(9, [5]), LEVELS[1]!);
    expect(one).toEqual(many.slice(5 * size, 6 * size));
    const denoised = law.denoise(many, LEVELS[1]!);
    expect(law.denoise(one, LEVELS[1]!)).toEqual(denoised.slice(5 * size, 6 * size));
  },
);

test("at pure noise a sample is the noise itself, whatever the covariance", () => {
  const noise = philoxNoise(9);
  const z = new Float64Array(4 * SIZE);
  noise(z, SIZE, 0);
  const draws = gaussian(full).sample(4, noise, { alpha: 0, sigma: 1 });
  expect(largestGap(draws, z)).toBeLessThan(1e-14);
});

test("tiny noise on a singular covariance neither overflows nor loses its digits", () => {
  const covariance = { kind: "diagonal", variances: Float64Array.of(1, 0) } as const;
  const law = gaussian({ size: 2, mean: new Float64Array(2), covariance });
  const level = { alpha: 1, sigma: 1e-100 };
  expect(law.score(Float64Array.of(2, 3e-100), level)).toEqual(Float64Array.of(-2, -3e100));
  expect(law.denoise(Float64Array.of(2, 3e-100), level)).toEqual(Float64Array.of(2, 0));
  expect(() => law.score(Float64Array.of(0, 0), CLEAN)).toThrow(
    "gaussian.score: level.sigma must be positive: the covariance is singular, got 0",
  );
});

test("wrong shapes, moments and levels are named", () => {
  const law = gaussian(full);
  expect(() => law.score(new Float64Array(7), LEVELS[0]!)).toThrow(
    "gaussian.score: x must hold whole samples of 5 values, got 7",
  );
  expect(() => law.score(x, { alpha: Number.NaN, sigma: 1 })).toThrow("level.alpha must be finite");
  expect(() => law.score(x, { alpha: 1, sigma: -1 })).toThrow("level.sigma must be 0 or at least");
  expect(() => gaussian({ ...full, size: 4 })).toThrow("gaussian: mean must have 4 values, got 5");
  expect(() => gaussian({ ...full, mean: mean.map(() => Number.NaN) })).toThrow(
    "mean must be finite",
  );
  expect(() => law.sample(1.5, philoxNoise(1))).toThrow("count must be a whole number, got 1.5");
});
