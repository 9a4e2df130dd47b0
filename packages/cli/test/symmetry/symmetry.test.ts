import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MeasuredSymmetry, moments, symmetry } from "@symbreak/analysis";
import { discreteSchedule } from "@symbreak/core";
import { symmetrySections, symmetryTable } from "@symbreak/figures";
import { onnxDenoiser } from "@symbreak/samplers";
import { exportOnnx, gaussianSkip, smallUnet } from "@symbreak/trainer";
import { writePipelineDirectory } from "@symbreak/trainer/node";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, test } from "vitest";
import { openInference } from "../../src/engine/inference.ts";
import { networkJacobian } from "../../src/symmetry/network-jacobian.ts";
import { tinySet } from "../support/tiny-set.ts";

const set = tinySet(200, [1, 8, 8]);
const schedule = discreteSchedule();
let measured: MeasuredSymmetry;

/** A network that has learned nothing beyond the mean and the covariance: its own part is still zero. */
beforeAll(async () => {
  const found = await moments(set);
  const unet = smallUnet({ sampleSize: 8, inChannels: 1, blockOutChannels: [16, 16] });
  const tables = { moments: found, alphaBars: Array.from(schedule.alphaBars) };
  const model = gaussianSkip(unet, { components: 64 }, tables);
  const weights = Object.fromEntries(
    model.parameters.map(({ name, shape, init }, i) => [name, init(shape, 1, i)]),
  );
  const network = mkdtempSync(join(tmpdir(), "symmetry-"));
  await writePipelineDirectory(network, { model, weights });
  const { session, Tensor } = await openInference(exportOnnx({ model, weights }));
  measured = await symmetry(
    {
      ...{ name: "tiny", digest: null, process: schedule, units: set.units },
      denoiser: onnxDenoiser(session, { Tensor, shape: [1, 8, 8] }),
    },
    set,
    {
      ...{ exact: 200, held: 40, starts: 10, pairs: 3, directions: 8, draws: 2, seed: 1 },
      moments: found,
      jacobian: await networkJacobian(network),
    },
  );
}, 60_000);

describe("symmetry", () => {
  test("a Gaussian network has a loss ratio of 1, one well, and breaks nothing that a Gaussian does not", () => {
    const [network] = measured.result.subjects;
    for (const { ratio } of network!.lossRatio.at) expect(ratio).toBeCloseTo(1, 2);
    for (const { wells } of network!.wells.at.slice(0, 5)) expect(wells).toBe(1);
    const { gaussian, lambda } = measured.result.theory;
    expect(lambda).toBeGreaterThan(2);
    if (typeof gaussian.potential === "string") throw new Error(gaussian.potential);
    const { potential, density } = network!.centres[0]!.critical;
    if (potential.kind !== "lost") throw new Error(potential.kind);
    expect(potential.time.ouTime).toBeCloseTo(gaussian.potential.ouTime, 2);
    expect(density.kind).toBe("stable throughout");
    for (const { residual, asymmetry } of network!.centres[0]!.points) {
      expect(residual).toBeLessThan(1e-4);
      expect(asymmetry).toBeLessThan(1e-3);
    }
  });

  test("the exact score of two gray levels splits in two, near the law of equal norms", () => {
    const [, exact] = measured.result.subjects;
    const { equalNorm } = measured.result.theory;
    if (typeof equalNorm.potential === "string") throw new Error(equalNorm.potential);
    const { potential } = exact!.centres[0]!.critical;
    if (potential.kind !== "lost") throw new Error(potential.kind);
    expect(potential.time.ouTime / equalNorm.potential.ouTime).toBeCloseTo(1, 1);
    expect(exact!.wells.at.map(({ wells }) => wells)).toContain(2);
    const [first, , , , last] = exact!.circle.at;
    expect(last!.barrier).toBeGreaterThan(first!.barrier);
  });

  test("the result is plain data, and its report draws every section", () => {
    expect(JSON.parse(JSON.stringify(measured.result))).toEqual(measured.result);
    const sections = symmetrySections(measured, new JSDOM("").window.document);
    expect(sections.map(({ title }) => title)).toEqual([
      "Where the score is affine",
      "The centre, and where it loses its stability",
      "Wells",
      "The potential between two samples",
    ]);
    for (const { content } of sections) {
      expect(content[0]).toMatch(/^<figure><svg/);
      expect(content.join("")).not.toMatch(/NaN|undefined/);
    }
    const { header, rows } = symmetryTable(measured.result);
    expect(rows).toHaveLength(4);
    expect(rows.every((row) => row.length === header.length)).toBe(true);
  });
});
