import { readFileSync } from "node:fs";
import { type Data, unitsOf, withUnits } from "@symbreak/core";
import { loadMnist, pad, select } from "@symbreak/datasets";
import { beforeAll, describe, expect, test } from "vitest";
import {
  collapseTime,
  type DataMoments,
  moments,
  speciationTime,
  topSpectrum,
} from "../src/index.ts";

interface Reference {
  readonly n: number;
  readonly d: number;
  readonly t_C: number;
  readonly t_C_ddpm_linear1000_step: number;
  readonly "rank_gt_1e-9": number;
  readonly norm: Record<"unit01" | "pm1" | "zscore" | "utrace", Normed>;
}

interface Normed {
  readonly Lambda: number;
  readonly t_S: number;
  readonly t_S_ddpm_linear1000_step: number;
  readonly eig_top: readonly number[];
  readonly trace: number;
  readonly trace_over_d: number;
  readonly t_C_sigma2: number;
  readonly t_C_gauss_spectrum: number;
}

const file = new URL("./goldens/mnist-spectra.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(file, "utf8")) as { sets: Record<string, Reference> };
const NORM = { unit: "unit01", symmetric: "pm1", zscore: "zscore", trace: "utrace" } as const;
const NAMES = Object.keys(NORM) as (keyof typeof NORM)[];

describe.each([
  ["mnist_train_28", (train: Data) => train],
  [
    "mnist_1_8_first5000each_pad32",
    (train: Data) => pad(select(train, { classes: [1, 8], perClass: 5000 }), 32),
  ],
])("%s", (name, choose) => {
  const reference = sets[name]!;
  let set: Data;
  let unit: DataMoments;
  beforeAll(async () => {
    set = choose(await loadMnist());
    unit = await moments(withUnits(set, "unit"));
  });

  /** Full moments in another scale: every scale of one channel is one factor. */
  const inScale = (scale: keyof typeof NORM): Float64Array => {
    if (unit.covariance.kind !== "spectral") throw new Error();
    const factor = unitsOf(set, scale).a[0]! * 255;
    return unit.covariance.eigenvalues.map((value) => value * factor ** 2);
  };

  test("has the reference's shape and rank", () => {
    const eigenvalues = inScale("unit");
    expect(unit).toMatchObject({ count: reference.n, size: reference.d });
    const rank = eigenvalues.filter((value) => value > 1e-9 * eigenvalues[0]!).length;
    expect(rank).toBe(reference["rank_gt_1e-9"]);
  });

  test("has the reference's top spectrum, from the data in the scale's units", () => {
    const scale = name === "mnist_train_28" ? "symmetric" : "trace";
    const expected = reference.norm[NORM[scale]];
    const found = topSpectrum(withUnits(set, scale), 8);
    for (const [k, value] of expected.eig_top.entries())
      expect(Math.abs(found.eigenvalues[k]! - value)).toBeLessThan(1e-9);
    expect(found.trace / expected.trace).toBeCloseTo(1, 12);
  });

  test.each(NAMES)("has the reference's spectrum and speciation in scale %s", (scale) => {
    const expected = reference.norm[NORM[scale]];
    const eigenvalues = inScale(scale);
    for (const [k, value] of expected.eig_top.entries())
      expect(Math.abs(eigenvalues[k]! - value)).toBeLessThan(1e-9);
    const trace = eigenvalues.reduce((sum, value) => sum + value, 0);
    expect(trace / expected.trace).toBeCloseTo(1, 12);
    const { ouTime, nearestIndex } = speciationTime(eigenvalues[0]!);
    expect(ouTime).toBeCloseTo(expected.t_S, 12);
    expect(nearestIndex! + 1).toBe(expected.t_S_ddpm_linear1000_step);
  });

  test.each(NAMES)("has the reference's three collapse times in scale %s", (scale) => {
    const expected = reference.norm[NORM[scale]];
    const none = new Float64Array(0);
    const covariance = { ...unit.covariance, eigenvalues: inScale(scale), eigenvectors: none };
    const found = collapseTime(unit, { covariance } as DataMoments);
    expect(found.unitVariance.ouTime).toBeCloseTo(reference.t_C, 12);
    expect(found.unitVariance.nearestIndex! + 1).toBe(reference.t_C_ddpm_linear1000_step);
    expect(found.variance.variance).toBeCloseTo(expected.trace_over_d, 12);
    expect(found.variance.ouTime).toBeCloseTo(expected.t_C_sigma2, 12);
    expect(found.spectrum.ouTime).toBeCloseTo(expected.t_C_gauss_spectrum, 10);
  });
});

test("Λ of MNIST 1 and 8, padded to 32, in the scale [0, 1]", async () => {
  const set = pad(select(await loadMnist(), { classes: [1, 8], perClass: 5000 }), 32);
  const { lambda } = topSpectrum(withUnits(set, "unit"));
  expect(Math.abs(lambda - 7.667354978900857)).toBeLessThan(1e-9);
});
