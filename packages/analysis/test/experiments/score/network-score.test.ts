import { dataOf, gaussian, gaussianMixture } from "@symbreak/core";
import { exactDenoiser, type Network } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { networkScore } from "../../../src/experiments/score/network-score.ts";
import { drawsOf, exactNetwork, TWO_CLASSES } from "../exact-network.ts";

test("the perfect score of two classes: both kinds of score matching agree, and both directions count near the data", async () => {
  const data = drawsOf(TWO_CLASSES, 400, 1);
  const { quality, dimension, explained } = await networkScore(exactNetwork(TWO_CLASSES), data, {
    ...{ looked: 60, seed: 1 },
  });
  expect(explained).toEqual([]);
  expect(quality.at).toHaveLength(5);
  for (const { implicit, denoising } of quality.at) {
    const error = Math.hypot(implicit.standardError, denoising.standardError);
    expect(Math.abs(implicit.value - denoising.value)).toBeLessThan(4 * error);
  }
  const times = dimension.map(({ ouTime }) => ouTime);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  // Variance v = 0.09 and noise r = 0.01 relative to the signal: 1 − r/(v + r) + r v/(v + r)² = 0.99 in each of two directions.
  const { flipd } = dimension.at(-1)!;
  expect(Math.abs(flipd.value - 2 * 0.99)).toBeLessThan(4 * flipd.standardError);
});

test("a network that is its data's Gaussian is explained by that wholly, by machines less", async () => {
  const law = gaussianMixture({
    weights: [1],
    means: [Float64Array.from({ length: 16 }, (_, i) => Math.sin(i))],
    covariances: [0.2],
  });
  const drawn = drawsOf(law, 300, 1);
  const data = { ...dataOf(drawn.values, [1, 4, 4]), name: "draws" };
  const moments = law.moments();
  const network: Network = {
    ...exactNetwork(law),
    denoiser: exactDenoiser(gaussian(moments), [1, 4, 4]),
  };
  const { explained, scales } = await networkScore(network, data, {
    ...{ looked: 4, samples: 6, steps: 5, images: 40, gap: false, seed: 1 },
    moments: { ...moments, units: data.units } as never,
  });
  expect(explained.map(({ model }) => model)).toEqual([
    ...["local", "equivariant", "bordered", "exact", "gaussian"],
  ]);
  const of = (model: string) => explained.find((one) => one.model === model)!;
  expect(of("gaussian").median).toBeCloseTo(1, 6);
  for (const model of ["local", "equivariant", "exact"])
    expect(of(model).median).toBeLessThan(0.99);
  expect(of("exact").low).toBeLessThanOrEqual(of("exact").median);
  for (const { kernel } of scales) expect([3]).toContain(kernel);
});

test("names what is wrong", async () => {
  const data = drawsOf(TWO_CLASSES, 40, 1);
  const run = (effort: object) => networkScore(exactNetwork(TWO_CLASSES), data, effort);
  await expect(run({ looked: 1 })).rejects.toThrow("looked must be an integer of at least 2");
  await expect(run({ probes: 2 })).rejects.toThrow("probes");
});
