import fc from "fast-check";
import { expect, test } from "vitest";
import {
  discreteSchedule,
  type FixedPoint,
  fixedPoints,
  gaussianMixture,
  type Landscape,
  nearestIndex,
  potentialGradient,
  readClock,
  TWO_DELTAS,
  type TwoGaussians,
  twoGaussiansCritical,
  twoGaussiansFixedPoints,
  twoGaussiansFold,
} from "../../src/index.ts";
import { vpLevel } from "../variance-preserving.ts";

const ouTime = (alphaBar: number | null): number => -0.5 * Math.log(alphaBar!);

test.each([
  [1, 0.5, 4 / 9, 15, 0.40546511, 0.57142857],
  [2, 0.5, 0.1239202649, 10, 1.04405847, 0.21052632],
  [16, 1, 0.001953125, 15, 3.11916231, Math.exp(-2 * 2.77258872)],
  [32, 1, 1 / 2048, 15, 3.81230949, 1 / 1024],
])("critical levels of N(±%d, %d²)", (mean, deviation, alphaBar, digits, time, split) => {
  const pair = { mean, deviation };
  expect(twoGaussiansCritical(pair)).toBeCloseTo(alphaBar, digits);
  expect(ouTime(twoGaussiansCritical(pair))).toBeCloseTo(time, 8);
  expect(twoGaussiansCritical(pair, "density")).toBeCloseTo(split, 8);
});

test("two deltas have three different critical times", () => {
  expect(twoGaussiansCritical(TWO_DELTAS)).toBeCloseTo(Math.SQRT2 - 1, 15);
  const split = twoGaussiansCritical(TWO_DELTAS, "density")!;
  expect(split).toBe(0.5);
  expect(readClock({ alphaBar: split }).vpTime).toBeCloseTo(0.2589602624, 10);
  expect(nearestIndex(discreteSchedule(), split)).toBe(258);
  expect(twoGaussiansCritical(TWO_DELTAS, "drift")).toBe(0);
});

test("the drift of wide classes is stable until (c − M²)/c², that of overlapping ones for ever", () => {
  const pair = { mean: 0.5, deviation: 0.5 }; // c = 0.75
  expect(twoGaussiansCritical(pair, "drift")).toBeCloseTo((0.75 - 0.25) / 0.5625, 15);
  expect(twoGaussiansCritical({ mean: 0.4, deviation: 0.5 }, "drift")).toBeNull();
  // As wide as the noise or wider: the drift has no well at any level, and nothing to split.
  for (const deviation of [1, 1.2])
    expect(twoGaussiansCritical({ mean: 0.5, deviation }, "drift")).toBeNull();
  expect(twoGaussiansCritical({ mean: 0.3, deviation: 0.5 }, "density")).toBeNull();
  expect(twoGaussiansCritical({ mean: 0.1, deviation: 1.1 }, "density")).toBeNull();
  expect(twoGaussiansCritical({ mean: 0.1, deviation: 1.1 })).toBeNull();
});

/** The gradient of a landscape of the mixture itself, by its exact score. */
function gradient(pair: TwoGaussians, alphaBar: number, landscape: Landscape) {
  const { mean, deviation, weight = 0.5 } = pair;
  const mixture = gaussianMixture({
    weights: [weight, 1 - weight],
    means: [[mean], [-mean]],
    covariances: [deviation ** 2, deviation ** 2],
  });
  const level = vpLevel(alphaBar);
  return (x: Float64Array): Float64Array => {
    const score = mixture.score(x, level);
    if (landscape === "potential") return potentialGradient(x, score, level);
    if (landscape === "density") return score.map((value) => -value);
    return score.map((value, i) => -0.5 * x[i]! - 0.5 * value);
  };
}

/** Flat points found on a grid of 0.006 in y = b x + h, wide enough for slopes k down to 0.15. */
function scan(pair: TwoGaussians, alphaBar: number, landscape: Landscape): FixedPoint[] {
  const variance = 1 - alphaBar + alphaBar * pair.deviation ** 2;
  const reach = (12 * variance) / (Math.sqrt(alphaBar) * pair.mean);
  return fixedPoints(gradient(pair, alphaBar, landscape), -reach, reach, 4001);
}

test.each(["potential", "density", "drift"] as const)(
  "the %s is flat where its exact gradient changes sign",
  (landscape) => {
    for (const pair of [
      TWO_DELTAS,
      { mean: 1, deviation: 0.5, weight: 0.7 },
      { mean: 0.7, deviation: 0.4 },
    ])
      for (const alphaBar of [0.2, 0.45, 0.8]) {
        const exact = twoGaussiansFixedPoints(pair, alphaBar, landscape);
        const found = scan(pair, alphaBar, landscape);
        expect(found.map(({ stable }) => stable)).toEqual(exact.map(({ stable }) => stable));
        found.forEach(({ x }, i) => {
          expect(x).toBeCloseTo(exact[i]!.x, 11);
        });
      }
  },
);

test("just before its critical level a landscape has one flat point, just after three", () => {
  const pairs = fc.record({
    mean: fc.double({ min: 0.5, max: 2, noNaN: true }),
    deviation: fc.double({ min: 0, max: 0.9, noNaN: true }),
    weight: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
  });
  const landscapes = fc.constantFrom<Landscape>("potential", "density", "drift");
  fc.assert(
    fc.property(pairs, landscapes, (pair, landscape) => {
      const critical = twoGaussiansCritical(pair, landscape);
      fc.pre(critical !== null && critical > 0.01 && critical < 0.98);
      expect(scan(pair, critical * 0.99, landscape).length).toBe(1);
      expect(scan(pair, critical * 1.01, landscape).length).toBe(3);
    }),
    { numRuns: 60 },
  );
});

test("unequal weights make a fold: a pair is born away from the tracked well", () => {
  const pair = { mean: 1, deviation: 0.3, weight: 0.8 };
  const { alphaBar, x } = twoGaussiansFold(pair)!;
  expect(alphaBar).toBe(twoGaussiansCritical(pair));
  expect(x).toBeLessThan(0); // on the side of the lighter class
  const [lower, middle, upper] = twoGaussiansFixedPoints(pair, alphaBar * (1 + 1e-9));
  expect(lower!.x).toBeCloseTo(x, 3);
  expect(middle!.x).toBeCloseTo(x, 3);
  expect(upper!.stable).toBe(true);
  const before = twoGaussiansFixedPoints(pair, alphaBar * (1 - 1e-9));
  expect(before.length).toBe(1);
  expect(before[0]!.x).toBeCloseTo(upper!.x, 7);
  // At the fold slope and curvature of the potential vanish together.
  const slope = gradient(pair, alphaBar, "potential");
  expect(slope(Float64Array.of(x))[0]).toBeCloseTo(0, 11);
  const [up, down] = slope(Float64Array.of(x + 1e-5, x - 1e-5));
  expect((up! - down!) / 2e-5).toBeCloseTo(0, 8);
});

test("equal weights make a pitchfork at the centre", () => {
  const { alphaBar, x } = twoGaussiansFold(TWO_DELTAS)!;
  expect(alphaBar).toBeCloseTo(Math.SQRT2 - 1, 15);
  expect(x).toBeCloseTo(0, 15);
  expect(twoGaussiansFold({ mean: 0.1, deviation: 1.1 })).toBeNull();
});

test("wrong arguments are named", () => {
  const where = "twoGaussiansCritical: ";
  expect(() => twoGaussiansCritical({ mean: 0, deviation: 1 })).toThrow(
    `${where}mean must be positive`,
  );
  expect(() => twoGaussiansCritical({ mean: 1, deviation: -1 })).toThrow(
    `${where}deviation must be`,
  );
  expect(() => twoGaussiansCritical({ mean: 1, deviation: 0, weight: 1 })).toThrow(
    `${where}weight must lie in (0, 1), got 1`,
  );
  expect(() => twoGaussiansFixedPoints(TWO_DELTAS, 1)).toThrow(
    "alphaBar must lie in (0, 1), got 1",
  );
});
