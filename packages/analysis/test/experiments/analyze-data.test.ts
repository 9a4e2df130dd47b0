import { dataOf, gaussianMixture } from "@symbreak/core";
import { empiricalDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { analyzeData } from "../../src/experiments/analyze-data.ts";
import { drawsOf, TWO_CLASSES } from "./exact-network.ts";

test("two classes: their pair, how much of the top mode lies between them, and the time of that mode", async () => {
  const findings: string[] = [];
  const result = await analyzeData(
    drawsOf(TWO_CLASSES, 800, 1),
    {},
    { progress: ({ finding }) => finding && findings.push(finding) },
  );
  expect(result.spectrum.lambda).toBeCloseTo(9.09, 0);
  expect(result.speciation.ouTime).toBeCloseTo(0.5 * Math.log(9.09), 1);
  expect(findings[0]).toContain("rises above the noise at t_S = 1.1");
  const { pairs, topModeBetween, heldOut, training } = result.classes!;
  expect([training, heldOut]).toEqual([600, 200]);
  expect(topModeBetween).toBeGreaterThan(0.95);
  expect(pairs).toHaveLength(1);
  // Two equal Gaussian classes: phi = 0.775 at ½ ln of the variance between their means, 9, over that within, nearly.
  expect(pairs[0]!.betweenClass!.ouTime).toBeCloseTo(0.5 * Math.log(9), 1);
  expect(Math.abs(pairs[0]!.exact!.ouTime - 0.5 * Math.log(9))).toBeLessThan(0.3);
  expect(result.warnings).toEqual([]);
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
});

test("a top mode that is not the classes is warned of", async () => {
  const law = gaussianMixture({
    weights: [1, 1],
    means: [
      [1, 0],
      [-1, 0],
    ],
    covariances: [0.04, 0.04],
  });
  const drawn = drawsOf(law, 400, 1);
  // The second coordinate is stretched: what varies most says nothing of the class.
  const values = Float64Array.from(drawn.values, (value, i) => (i % 2 === 1 ? 20 * value : value));
  const data = { ...dataOf(values, [2]), labels: drawn.labels };
  const { classes, warnings } = await analyzeData(data);
  expect(classes!.topModeBetween).toBeLessThan(0.1);
  expect(warnings.join(" ")).toMatch(/Only \d+ % of the top mode lies between the classes/);
});

test("classes of equal means are recognised, named, and said to be beyond what Λ tells", async () => {
  // Even samples vary along the first coordinate, odd ones along the second.
  const law = gaussianMixture({ weights: [1], means: [[0, 0, 0]], covariances: [1] });
  const drawn = drawsOf(law, 1200, 1);
  const values = Float64Array.from(drawn.values, (value, i) =>
    i % 3 === Math.floor(i / 3) % 2 ? 3 * value : value,
  );
  const labels = Uint8Array.from({ length: 1200 }, (_, n) => n % 2);
  const { classes, warnings } = await analyzeData({
    ...dataOf(values, [3]),
    labels,
    classNames: ["upright", "flat"],
  });
  expect(classes!.pairs[0]).toMatchObject({ equalMeans: true });
  expect(classes!.named.map(({ name }) => name)).toEqual(["upright", "flat"]);
  expect(warnings.join(" ")).toContain("The means of upright and flat cannot be told apart");
});

test("a partition of the classes has its time, which for two groups of two is that of the groups", async () => {
  const law = gaussianMixture({
    weights: [1, 1, 1, 1],
    means: [
      [-9, -1],
      [-9, 1],
      [9, -1],
      [9, 1],
    ],
    covariances: [0.3, 0.3, 0.3, 0.3],
  });
  const drawn = drawsOf(law, 1200, 1);
  const labels = Uint8Array.from(
    { length: drawn.count },
    (_, n) => (drawn.values[2 * n]! > 0 ? 2 : 0) + (drawn.values[2 * n + 1]! > 0 ? 1 : 0),
  );
  const { classes } = await analyzeData(
    { ...drawn, labels },
    {
      partition: [
        [0, 1],
        [2, 3],
      ],
    },
  );
  const { curve, window } = classes!.partition!;
  // kappa = M² e^{−2t}/(1 − 0.7 e^{−2t}) = 1 at t = ½ ln(M² + 0.7).
  expect(Math.abs(curve.decided!.ouTime - 0.5 * Math.log(81.7))).toBeLessThan(0.2);
  expect(window!.closes!.ouTime).toBeLessThan(curve.decided!.ouTime);
  expect(window!.opens!.ouTime).toBeGreaterThan(curve.decided!.ouTime);
});

test("with the exact score of the data starts are recommended", async () => {
  const asked: number[] = [];
  const { recommendedStarts } = await analyzeData(drawsOf(TWO_CLASSES, 300, 1), {
    exactScore: (samples, shape) => {
      asked.push(samples.length);
      return empiricalDenoiser(samples, shape);
    },
  });
  expect(asked).toEqual([600]);
  expect(recommendedStarts.map(({ sampler, steps }) => `${sampler} ${steps}`)).toHaveLength(6);
});

test("noise that collapses before anything is decided, and fewer samples than numbers, are warned of", async () => {
  const law = gaussianMixture({ weights: [1], means: [new Float64Array(40)], covariances: [1] });
  const { warnings, classes } = await analyzeData({ ...drawsOf(law, 30, 1), labels: undefined });
  expect(classes).toBeNull();
  expect(warnings[0]).toContain("30 samples of 40 numbers");
  expect(warnings[1]).toContain("before anything is decided");
});

test("too many classes, and classes of single samples, are left out by name; the rest is said", async () => {
  const drawn = drawsOf(TWO_CLASSES, 200, 1);
  const many = await analyzeData({
    ...drawn,
    labels: Uint8Array.from({ length: 200 }, (_, i) => i % 40),
  });
  expect(many.classes).toBeNull();
  expect(many.warnings.join(" ")).toContain("there are 40, and pairs are shown of 32 at most");
  const single = await analyzeData({
    ...drawn,
    labels: Uint8Array.from({ length: 200 }, (_, i) => (i === 7 ? 5 : i % 2)),
  });
  expect(single.classes).toBeNull();
  expect(single.warnings.join(" ")).toContain("class 5 has fewer than 2 samples");
});
