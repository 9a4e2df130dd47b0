import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  readPipelineDirectory,
  writePipelineDirectory,
} from "../../../src/node/diffusers/pipeline-directory.ts";
import { directoryOf, exampleOf, NETWORKS } from "../../diffusers/fixtures.ts";
import { distance } from "../../distance.ts";
import { outputOf } from "../../leaves.ts";

test.each(NETWORKS)("the network %s of diffusers gives diffusers' outputs", async (name) => {
  const { model, weights } = await readPipelineDirectory(directoryOf(name));
  const { output, ...feeds } = exampleOf(name);
  const computed = outputOf(model, weights, feeds);
  const size = Math.max(...output.map(Math.abs));
  expect(size).toBeGreaterThan(0.01);
  expect(distance(computed, output)).toBeLessThan(2e-5 * Math.max(1, size));
});

test("a directory that is written is read again, and nothing is lost", async () => {
  const pipeline = await readPipelineDirectory(directoryOf("attention"));
  const directory = await mkdtemp(join(tmpdir(), "pipeline-"));
  try {
    await writePipelineDirectory(directory, pipeline);
    const again = await readPipelineDirectory(directory);
    expect(again.weights).toEqual(pipeline.weights);
    expect(again.scheduler).toEqual(pipeline.scheduler);
    expect(again.model.config).toEqual(pipeline.model.config);
    const alone = await readPipelineDirectory(join(directory, "unet"));
    expect(alone.weights).toEqual(pipeline.weights);
    expect(alone.scheduler).toBeUndefined();
  } finally {
    await rm(directory, { recursive: true });
  }
});

test("a directory without a pipeline is named as such", async () => {
  await expect(readPipelineDirectory(tmpdir())).rejects.toThrow(
    `readPipeline: ${tmpdir()} must hold a pipeline`,
  );
});
