import { dataOf, philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { classHistogram } from "../../src/distance/class-diversity.ts";
import { frechetDistance } from "../../src/distance/frechet-distance.ts";
import { classifications, sampleQuality } from "../../src/late-start/sample-quality.ts";

const SIZE = 3;
const normal = (seed: number, count: number, shift: number) => {
  const values = new Float64Array(count * SIZE);
  philoxNoise(
    seed,
    Float64Array.from({ length: count }, (_, i) => i),
  )(values, SIZE, 0);
  return dataOf(
    Float32Array.from(values, (v) => v + shift),
    [SIZE],
  );
};

test("every measure is the one of its own function, on the features given", async () => {
  const real = normal(1, 400, 0);
  const features = normal(2, 300, 0.5);
  const logits = Float32Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 9 : 0));
  const reference = { extractor: "test", features: real, classes: [200, 200] };
  const { frechet, kernel, manifold, classes, unsure } = await sampleQuality(reference, {
    features,
    logits,
  });
  expect(frechet).toEqual(frechetDistance(real, features, { extractor: "test" }));
  expect(frechet.name).toBe("FD-test");
  expect(kernel!.counts).toEqual({ real: 400, generated: 300 });
  expect(manifold!.precision).toBeLessThan(1);
  // Everything in one of two even classes: no entropy, one bit from the data.
  expect(classes).toMatchObject({ shares: [1, 0], entropy: 0, kl: 1 });
  expect(unsure).toBe(0);
});

test("without logits nothing is said of classes, and a quick look leaves out what costs", async () => {
  const reference = { extractor: "test", features: normal(1, 50, 0) };
  const features = normal(2, 50, 0);
  const quick = await sampleQuality(reference, { features }, { thorough: false });
  expect(quick).toMatchObject({ kernel: null, manifold: null, classes: null, unsure: null });
  expect(quick.frechet).toEqual(
    frechetDistance(reference.features, features, { extractor: "test" }),
  );
});

test("a classifier is unsure below a probability of 0.9", () => {
  const edge = Math.log(9);
  const logits = Float32Array.of(edge + 0.01, 0, 0, edge - 0.01, 0, 0);
  const { histogram, unsure } = classifications(logits, [1, 1]);
  expect(histogram).toEqual(classHistogram([0, 1, 0], 2));
  expect(unsure).toBeCloseTo(2 / 3, 12);
  expect(() => classifications(logits, [1])).toThrow("classes must count");
  expect(() => classifications(logits, undefined)).toThrow("classes must count");
});
