import { dataOf, gaussianMixture, ou, philoxNoise } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { betweenClasses, classCurve, type Labelled, posteriorEvidence } from "../../src/index.ts";

/** `counts` samples of N(mean, deviations²) for each class, coordinate by coordinate. */
function classesOf(
  size: number,
  counts: readonly number[],
  meanOf: (label: number, i: number) => number,
  deviationOf: (label: number, i: number) => number,
): Labelled {
  const labels = counts.flatMap((count, label) => Array.from({ length: count }, () => label));
  const values = new Float64Array(labels.length * size);
  philoxNoise(5)(values, size, 0);
  labels.forEach((label, n) => {
    for (let i = 0; i < size; i++) {
      const at = n * size + i;
      values[at] = meanOf(label, i) + deviationOf(label, i) * values[at]!;
    }
  });
  return { ...dataOf(values, [size]), labels: Uint8Array.from(labels) };
}

test("the time is ½ ln p(1 − p)|Δμ|², whatever wider mode lies across", () => {
  // Means ±3 along the first coordinate, a deviation of 8 along the second, which is no class's.
  const data = classesOf(
    4,
    [3000, 1000],
    (label, i) => (i === 0 ? 3 - 6 * label : 0),
    (_, i) => (i === 1 ? 8 : 1),
  );
  const { pairs, lambda, topModeBetween } = betweenClasses(data);
  const variance = 0.75 * 0.25 * 36;
  expect(pairs).toHaveLength(1);
  expect(pairs[0]!.variance / variance).toBeCloseTo(1, 1);
  expect(pairs[0]!.time!.ouTime).toBeCloseTo(0.5 * Math.log(pairs[0]!.variance), 12);
  expect(pairs[0]).toMatchObject({ a: 0, b: 1, equalMeans: false });
  expect(lambda / 64).toBeCloseTo(1, 1);
  expect(topModeBetween).toBeLessThan(0.01);
});

test("where the classes are the top mode, its share between them is that of its variance", () => {
  const data = classesOf(
    3,
    [2000, 2000],
    (label, i) => (i === 0 ? 4 - 8 * label : 0),
    () => 1,
  );
  // Λ = 16 + 1 along the means.
  expect(betweenClasses(data).topModeBetween).toBeCloseTo(16 / 17, 2);
});

test("means that do not rise above the noise have no time", () => {
  const data = classesOf(
    2,
    [4000, 4000],
    (label, i) => (i === 0 ? 0.4 - 0.8 * label : 0),
    () => 0.3,
  );
  const [pair] = betweenClasses(data).pairs;
  expect(pair!.time).toBeNull();
  expect(pair!.equalMeans).toBe(false);
});

test("classes of equal mean are recognised, also in many dimensions with few samples", () => {
  for (const [size, count] of [
    [4, 500],
    [200, 100],
  ] as const) {
    const covariances = classesOf(
      size,
      [count, count],
      () => 1,
      (label, i) => (label === i % 2 ? 3 : 1),
    );
    const [pair] = betweenClasses(covariances).pairs;
    expect(pair!.equalMeans).toBe(true);
    const shifted = classesOf(
      size,
      [count, count],
      (label, i) => (i < 2 ? 3 * label : 0),
      (label, i) => (label === i % 2 ? 3 : 1),
    );
    expect(betweenClasses(shifted).pairs[0]!.equalMeans).toBe(false);
  }
});

// Two zero-mean Gaussians I ± A: each direction tells a little, and d of them add up as √d (arXiv 2602.04404).
describe("equal means: the classes part at ¼ ln d, not ½", () => {
  const decisionIn = async (size: number) => {
    const deviations = [0, 1].map((label) =>
      Float64Array.from({ length: size }, (_, i) => 1 + (label === i % 2 ? 0.8 : -0.8)),
    );
    const mixture = gaussianMixture({
      weights: [1, 1],
      means: [new Float64Array(size), new Float64Array(size)],
      covariances: deviations.map((variances) => ({ kind: "diagonal", variances })),
    });
    const count = 200;
    const samples = new Float64Array(2 * count * size);
    for (const label of [0, 1])
      samples.set(
        mixture.conditional([label]).sample(count, philoxNoise(label + 1)),
        label * count * size,
      );
    const evidence = await posteriorEvidence({
      ...{ samples, size, weights: [0.5, 0.5] },
      labels: Array.from({ length: 2 * count }, (_, n) => (n < count ? 0 : 1)),
      ouTimes: Array.from({ length: 24 }, (_, k) => 0.1 * (k + 1)),
      posterior: (x, level) => mixture.posterior(x, level),
    });
    return classCurve(evidence).decided!.ouTime;
  };

  test("from d = 64 to 1024 by ¼ ln 16", async () => {
    const [few, many] = [await decisionIn(64), await decisionIn(1024)];
    expect(Math.abs(many - few - 0.25 * Math.log(16))).toBeLessThan(0.06);
    expect(ou().alpha(many)).toBeLessThan(ou().alpha(few));
  });
});

test("names what is wrong", () => {
  const set = dataOf(Float64Array.of(0, 1), [1]);
  expect(() => betweenClasses({ ...set, labels: Uint8Array.of(1, 1) })).toThrow(
    "at least two classes, got 1",
  );
  expect(() => betweenClasses({ ...set, labels: [0, 0.5] as never })).toThrow(
    "must be whole numbers",
  );
});
