import {
  classEntropy,
  classEntropySlope,
  classSignal,
  classSurpriseVariance,
  cloningProbability,
  dataOf,
  type GaussianMixture,
  gaussianMixture,
  ou,
  philoxNoise,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import {
  type ClassEvidence,
  classCurve,
  classTree,
  classWindow,
  empiricalEvidence,
  posteriorEvidence,
} from "../../src/index.ts";

/** `perClass` samples of each component, with its exact posterior. */
function evidenceOf(
  mixture: GaussianMixture,
  perClass: number,
  ouTimes: readonly number[],
): Promise<ClassEvidence> {
  const { size, weights } = mixture;
  const each = Array.from(weights, (_, k) =>
    mixture.conditional([k]).sample(perClass, philoxNoise(10 + k)),
  );
  const samples = new Float64Array(each.length * perClass * size);
  each.forEach((own, k) => {
    samples.set(own, k * perClass * size);
  });
  return posteriorEvidence({
    ...{ samples, size, ouTimes, seed: 1, weights: Array.from(weights) },
    labels: Array.from({ length: each.length * perClass }, (_, n) => Math.floor(n / perClass)),
    posterior: (x, level) => mixture.posterior(x, level),
  });
}

const ouTimes = Array.from({ length: 30 }, (_, k) => 0.1 * (k + 1));

describe("two Gaussian classes of deviation 1, M = 4", () => {
  const mixture = gaussianMixture({
    weights: [1, 1],
    means: [[4], [-4]],
    covariances: [1, 1],
  });

  test("entropy, rate, variance and phi are the closed forms; phi crosses 0.775 at t_S", async () => {
    const { curve, decided, samples } = classCurve(await evidenceOf(mixture, 6000, ouTimes));
    expect(samples).toBe(12_000);
    for (const at of curve) {
      const kappa = classSignal(4, 1, ou().level(at.ouTime));
      expect(Math.abs(at.entropy - classEntropy(kappa))).toBeLessThan(0.006);
      expect(Math.abs(at.crossEntropy - classEntropy(kappa))).toBeLessThan(0.01);
      expect(Math.abs(at.rate - 2 * kappa * classEntropySlope(kappa))).toBeLessThan(0.02);
      expect(Math.abs(at.variance - classSurpriseVariance(kappa))).toBeLessThan(0.02);
      expect(Math.abs(at.phi - cloningProbability(kappa))).toBeLessThan(0.006);
      expect(at.resolved).toBeCloseTo(2 * at.phi - 1, 12);
    }
    // phi(t_S) = 0.7752: 0.775 is crossed 0.0005 above t_S = ln 4.
    expect(Math.abs(decided!.ouTime - Math.log(4))).toBeLessThan(0.02);
    expect(decided!.low).toBeLessThan(Math.log(4));
    expect(decided!.high).toBeGreaterThan(Math.log(4));
    expect(decided!.high - decided!.low).toBeLessThan(0.05);
    // The variance finds t_S, the rate lies 0.2055 after it.
    const widest = curve.reduce((a, b) => (b.variance > a.variance ? b : a)).ouTime;
    const fastest = curve.reduce((a, b) => (b.rate > a.rate ? b : a)).ouTime;
    expect(Math.abs(widest - Math.log(4))).toBeLessThan(0.11);
    expect(Math.abs(fastest - (Math.log(4) - 0.2055))).toBeLessThan(0.11);
  });

  test("the window of total variation is ln(Δ/2z)", async () => {
    const evidence = await evidenceOf(mixture, 6000, ouTimes);
    const { opens, closes, totalVariation } = classWindow(evidence, [[0], [1]]);
    // Φ⁻¹(0.55) = 0.12566, Φ⁻¹(0.95) = 1.64485; the opening lies beyond the times measured.
    expect(opens).toBeNull();
    expect(Math.abs(closes!.ouTime - Math.log(4 / 1.64485))).toBeLessThan(0.02);
    const wide = classWindow(evidence, [[0], [1]], { epsilon: 0.3 });
    expect(Math.abs(wide.opens!.ouTime - Math.log(4 / 0.38532))).toBeLessThan(0.03);
    expect(totalVariation[0]!).toBeLessThan(totalVariation.at(-1)!);
  });

  test("the empirical mixture of many samples agrees with the law", async () => {
    const labels = Array.from({ length: 4000 }, (_, n) => (n < 2000 ? 7 : 3));
    const draw = (seed: number) => {
      const values = Float64Array.of(
        ...mixture.conditional([0]).sample(2000, philoxNoise(seed)),
        ...mixture.conditional([1]).sample(2000, philoxNoise(seed + 1)),
      );
      return { ...dataOf(values, [1]), labels: Uint8Array.from(labels) };
    };
    const evidence = await empiricalEvidence({
      training: draw(20),
      heldOut: draw(30),
      ouTimes: [1, 1.2, 1.4, 1.6],
    });
    expect(evidence.classes).toEqual([3, 7]);
    for (const at of classCurve(evidence).curve) {
      const kappa = classSignal(4, 1, ou().level(at.ouTime));
      expect(Math.abs(at.phi - cloningProbability(kappa))).toBeLessThan(0.012);
      expect(Math.abs(at.crossEntropy - classEntropy(kappa))).toBeLessThan(0.018);
    }
  });
});

describe("a tree of four classes", () => {
  const mixture = gaussianMixture({
    weights: [1, 1, 1, 1],
    means: [
      [-9, -1.5],
      [9, 1.5],
      [-9, 1.5],
      [9, -1.5],
    ],
    covariances: [0.3, 0.3, 0.3, 0.3],
  });

  test("joins the near ones first, and each joint has the time of its two groups", async () => {
    const evidence = await evidenceOf(mixture, 1000, ouTimes);
    const { children, parts, classes, window } = classTree(evidence);
    expect(classes.toSorted()).toEqual([0, 1, 2, 3]);
    const inner = children!.map((child) => child.classes.toSorted());
    expect(inner.toSorted((a, b) => a[0]! - b[0]!)).toEqual([
      [0, 2],
      [1, 3],
    ]);
    // kappa = M² e^{−2t}/(1 − 0.7 e^{−2t}) = 1 at t = ½ ln(M² + 0.7).
    expect(Math.abs(parts!.ouTime - 0.5 * Math.log(81.7))).toBeLessThan(0.04);
    expect(parts!.low).toBeLessThan(parts!.ouTime);
    expect(parts!.high).toBeGreaterThan(parts!.ouTime);
    expect(window).toEqual(
      (({ opens, closes }) => ({ opens, closes }))(
        classWindow(evidence, [children![0].classes, children![1].classes]),
      ),
    );
    for (const child of children!)
      expect(Math.abs(child.parts!.ouTime - 0.5 * Math.log(2.25 + 0.7))).toBeLessThan(0.04);
    // The entropy of the partition {02, 13} and of what is within add up to that of all.
    const all = classCurve(evidence).curve;
    const top = classCurve(evidence, {
      groups: [
        [0, 2],
        [1, 3],
      ],
    }).curve;
    for (const [k, at] of all.entries()) expect(at.entropy).toBeGreaterThan(top[k]!.entropy);
    expect(all[0]!.entropy - top[0]!.entropy).toBeCloseTo(Math.LN2, 2);
  });
});

test("unequal groups are decided by the same share of what there is to decide", async () => {
  const mixture = gaussianMixture({
    weights: [0.9, 0.1],
    means: [[3], [-3]],
    covariances: [0, 0],
  });
  const count = 2000;
  const samples = Float64Array.from({ length: count }, (_, n) => (n < 0.9 * count ? 3 : -3));
  const evidence = await posteriorEvidence({
    ...{ samples, size: 1, weights: [0.9, 0.1], ouTimes },
    labels: Array.from(samples, (x) => (x > 0 ? 0 : 1)),
    posterior: (x, level) => mixture.posterior(x, level),
  });
  const { curve, decided } = classCurve(evidence);
  expect(curve[0]!.phi).toBeGreaterThan(0.82);
  expect(curve[0]!.resolved).toBeLessThan(0.15);
  const at = (phi: number) => (phi - 0.82) / 0.18;
  const kappa = classSignal(3, 0, ou().level(decided!.ouTime));
  expect(at(cloningProbability(kappa, 0.9))).toBeCloseTo(0.55, 1);
});

test("names what is wrong", async () => {
  const evidence = await evidenceOf(
    gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [1, 1] }),
    3,
    [0.5, 1],
  );
  expect(() => classCurve(evidence, { groups: [[0]] })).toThrow("groups must be at least two");
  expect(() => classCurve(evidence, { groups: [[0], [0]] })).toThrow("disjoint");
  expect(() => classCurve(evidence, { groups: [[0], [5]] })).toThrow("groups must name classes");
  expect(() => classWindow(evidence, [[0], [1]], { epsilon: 0.6 })).toThrow("epsilon must lie");
  const set = { ...dataOf(Float64Array.of(0, 1), [1]), labels: Uint8Array.of(0, 1) };
  const run = (change: object) =>
    empiricalEvidence({ training: set, heldOut: set, ouTimes: [0.5, 1], ...change });
  await expect(run({ ouTimes: [1] })).rejects.toThrow("at least two finite times above 0");
  await expect(run({ heldOut: { ...set, labels: Uint8Array.of(0, 2) } })).rejects.toThrow(
    "must be a class",
  );
  await expect(run({ training: { ...set, labels: Uint8Array.of(0) } })).rejects.toThrow(
    "one a sample",
  );
  await expect(
    run({ heldOut: { ...dataOf(set.values, [2]), labels: Uint8Array.of(0) } }),
  ).rejects.toThrow("samples of 1 numbers");
});
