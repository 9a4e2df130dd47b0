import { describe, expect, test } from "vitest";
import {
  fixedPoints,
  gaussianMixture,
  type Landscape,
  mixtureCriticals,
  ou,
  potentialGradient,
  twoGaussiansCritical,
  twoGaussiansFold,
} from "../../src/index.ts";

describe("two Gaussian classes", () => {
  test.each([
    [1, 0, "potential"],
    [1, 0.5, "potential"],
    [16, 1, "potential"],
    [2, 0.5, "density"],
    [0.5, 0.5, "drift"],
  ] as const)(
    "±%d of deviation %d split by the closed form of the %s",
    (mean, deviation, landscape) => {
      const found = mixtureCriticals(
        { weights: [1, 1], means: [-mean, mean], deviations: deviation },
        landscape,
      );
      const exact = twoGaussiansCritical({ mean, deviation }, landscape)!;
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ kind: "pitchfork", x: 0 });
      expect(found[0]!.theta ** 2 / exact).toBeCloseTo(1, 13);
      expect(found[0]!.ouTime).toBeCloseTo(-0.5 * Math.log(exact), 12);
    },
  );

  test("unequal ones by a fold, at its place too", () => {
    for (const [weight, deviation] of [
      [0.8, 0.3],
      [0.55, 0],
    ] as const) {
      const law = { weights: [weight, 1 - weight], means: [1, -1], deviations: deviation };
      const { alphaBar, x } = twoGaussiansFold({ mean: 1, deviation, weight })!;
      const found = mixtureCriticals(law);
      expect(found).toHaveLength(1);
      expect(found[0]!.kind).toBe("fold");
      expect(found[0]!.ouTime).toBeCloseTo(-0.5 * Math.log(alphaBar), 11);
      expect(found[0]!.x).toBeCloseTo(x, 6);
    }
  });

  test("where nothing splits there is no time", () => {
    const law = (mean: number, deviations: number) => ({
      ...{ weights: [1, 1], means: [-mean, mean], deviations },
    });
    expect(mixtureCriticals(law(0.1, 1.1))).toEqual([]);
    expect(mixtureCriticals(law(0.5, 1.2), "drift")).toEqual([]);
    expect(mixtureCriticals(law(1, 0), "drift")).toEqual([]); // split at every level
    expect(mixtureCriticals({ weights: [1], means: [0], deviations: 0 })).toEqual([]);
  });
});

/** Flat points of the potential just above and just below a time, by the mixture's own score. */
function flatPoints(means: readonly number[], weights: readonly number[], ouTime: number) {
  const mixture = gaussianMixture({
    weights,
    means: means.map((mean) => [mean]),
    covariances: means.map(() => 0),
  });
  const level = ou().level(ouTime);
  return fixedPoints(
    (x) => potentialGradient(x, mixture.score(x, level), level),
    -1.5,
    1.5003,
    20_000,
  );
}

describe("four deltas", () => {
  const means = [-1, -1 / 3, 1 / 3, 1];
  const weights = [0.25, 0.25, 0.25, 0.25];
  const critical = mixtureCriticals({ weights, means, deviations: 0 });

  test("decide three times: halves by a pitchfork, then each half by a fold", () => {
    expect(critical.map(({ kind }) => kind)).toEqual(["pitchfork", "fold", "fold"]);
    const [halves, left, right] = critical;
    expect(halves!.x).toBe(0);
    // Where the curvature at 0 vanishes: Var(x0 | x = 0) = (1 − a²)/2a.
    const a = halves!.theta ** 2;
    const weight = (m: number) => Math.exp((-0.5 * a * m * m) / (1 - a));
    const variance = (weight(1) + weight(1 / 3) / 9) / (weight(1) + weight(1 / 3));
    expect(variance).toBeCloseTo((1 - a * a) / (2 * a), 12);
    expect(left!.x).toBeCloseTo(-right!.x, 12);
    expect(left!.ouTime).toBeCloseTo(right!.ouTime, 12);
    expect(right!.ouTime).toBeCloseTo(0.048071016547, 11);
    expect(right!.x).toBeCloseTo(0.461246289629, 11);
  });

  test("the number of flat points changes at those times and at no other", () => {
    const times = critical.map(({ ouTime }) => ouTime);
    const counts = [1.01, 0.99].map(
      (factor) => flatPoints(means, weights, factor * times[0]!).length,
    );
    expect(counts).toEqual([1, 3]);
    const later = [1.01, 0.99].map(
      (factor) => flatPoints(means, weights, factor * times[1]!).length,
    );
    expect(later).toEqual([3, 7]);
    expect(flatPoints(means, weights, 0.01)).toHaveLength(7);
  });
});

test("the drift of four deltas parts once more after its pitchfork, with wells outside of the data", () => {
  const law = { weights: [1, 1, 1, 1], means: [-1, -1 / 3, 1 / 3, 1], deviations: 0 };
  const [halves, left, right, ...rest] = mixtureCriticals(law, "drift");
  expect(rest).toEqual([]);
  expect([halves!.kind, left!.kind, right!.kind]).toEqual(["pitchfork", "fold", "fold"]);
  // At 0 the drift turns where Var(x0 | x = 0) = 1 − alphaBar.
  const a = halves!.theta ** 2;
  const weight = (m: number) => Math.exp((-0.5 * a * m * m) / (1 - a));
  const variance = (weight(1) + weight(1 / 3) / 9) / (weight(1) + weight(1 / 3));
  expect(variance).toBeCloseTo(1 - a, 12);
  const mixture = gaussianMixture({
    weights: law.weights,
    means: law.means.map((mean) => [mean]),
    covariances: [0, 0, 0, 0],
  });
  const count = (ouTime: number) => {
    const level = ou().level(ouTime);
    const drift = (x: Float64Array) => mixture.score(x, level).map((score, i) => -x[i]! - score);
    return fixedPoints(drift, -1.2, 1.2003, 20_000).length;
  };
  expect([1.01, 0.99].map((factor) => count(factor * left!.ouTime))).toEqual([3, 7]);
  expect(left!.x).toBeCloseTo(-right!.x, 12);
});

test("weights and deviations count: each time is a change of the number of flat points", () => {
  const law = { weights: [0.5, 0.3, 0.2], means: [-1, 0.3, 1.1], deviations: [0.1, 0.1, 0.1] };
  const critical = mixtureCriticals(law);
  expect(critical.map(({ kind }) => kind)).toEqual(["fold", "fold"]);
  const mixture = gaussianMixture({
    weights: law.weights,
    means: law.means.map((mean) => [mean]),
    covariances: [0.01, 0.01, 0.01],
  });
  const count = (ouTime: number) => {
    const level = ou().level(ouTime);
    const gradient = (x: Float64Array) => potentialGradient(x, mixture.score(x, level), level);
    return fixedPoints(gradient, -2, 2.0003, 20_000).length;
  };
  critical.forEach(({ ouTime, x, theta }, k) => {
    expect([count(1.01 * ouTime), count(0.99 * ouTime)]).toEqual([1 + 2 * k, 3 + 2 * k]);
    const level = ou().level(ouTime);
    const at = Float64Array.of(x);
    expect(Math.abs(potentialGradient(at, mixture.score(at, level), level)[0]!)).toBeLessThan(
      1e-11,
    );
    expect(Math.abs(-0.5 - mixture.hessian(at, level)[0]!)).toBeLessThan(1e-10);
    expect(theta).toBeCloseTo(level.alpha, 14);
  });
  // Other weights, other times.
  const even = mixtureCriticals({ ...law, weights: [1, 1, 1] });
  expect(Math.abs(even[0]!.ouTime - critical[0]!.ouTime)).toBeGreaterThan(1e-3);
});

test("a symmetric density parts where its own centre stands, not at 0", () => {
  const [critical, ...rest] = mixtureCriticals(
    { weights: [1, 1], means: [1, 3], deviations: 0.5 },
    "density",
  );
  expect(rest).toEqual([]);
  const exact = twoGaussiansCritical({ mean: 1, deviation: 0.5 }, "density")!;
  expect(critical).toMatchObject({ kind: "pitchfork" });
  expect(critical!.theta ** 2).toBeCloseTo(exact, 12);
  expect(critical!.x).toBeCloseTo(2 * critical!.theta, 10);
});

test("names what is wrong", () => {
  const law = { weights: [1, 1], means: [-1, 1], deviations: 0 };
  expect(() => mixtureCriticals({ ...law, means: [1] })).toThrow("must be as many, at least one");
  expect(() => mixtureCriticals({ ...law, deviations: [0, -1] })).toThrow("not negative");
  expect(() => mixtureCriticals({ ...law, means: [0, Number.NaN] })).toThrow(
    "means must be finite",
  );
  expect(() => mixtureCriticals({ ...law, weights: [0, 0] })).toThrow("not all 0");
});

test.each(["potential", "density", "drift"] satisfies Landscape[])(
  "the %s of ten random classes has critical times that are flat and uncurved",
  (landscape) => {
    const means = Array.from({ length: 5 }, (_, k) => Math.sin(7 * k + 1) * 2);
    const law = { weights: [1, 2, 3, 2, 1], means, deviations: 0.15 };
    for (const { x, ouTime } of mixtureCriticals(law, landscape)) {
      const level = ou().level(ouTime);
      const mixture = gaussianMixture({
        weights: law.weights,
        means: means.map((mean) => [mean]),
        covariances: means.map(() => 0.15 ** 2),
      });
      const [ofX, ofScore] = { potential: [0.5, 1], density: [0, 1], drift: [0.5, 0.5] }[landscape];
      const at = Float64Array.of(x);
      expect(Math.abs(ofX! * x + ofScore! * mixture.score(at, level)[0]!)).toBeLessThan(1e-9);
      expect(Math.abs(ofX! + ofScore! * mixture.hessian(at, level)[0]!)).toBeLessThan(1e-7);
    }
  },
);
