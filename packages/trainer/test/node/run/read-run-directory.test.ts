import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configOf } from "../../../src/models/config-file.ts";
import { writeCheckpoint } from "../../../src/node/run/checkpoint.ts";
import { claimDirectory } from "../../../src/node/run/claim-directory.ts";
import { readRunDirectory } from "../../../src/node/run/read-run-directory.ts";
import { resolveConfig } from "../../../src/run/config.ts";
import { partsOf } from "../../../src/run/from-config.ts";
import { unpackWeights } from "../../../src/step/layout.ts";
import { directoryOf } from "../../diffusers/fixtures.ts";

const common = { data: { dataset: "mnist" }, batch: 2, steps: 1 };

test.each([
  {
    name: "pipeline",
    model: { className: "SmallUNet", sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8] },
  },
  {
    name: "classifier",
    model: { className: "CleanClassifier", sampleSize: 8, inChannels: 1, classes: 3 },
    objective: { name: "classification" as const },
    classes: 3,
  },
  {
    name: "conditional",
    model: {
      className: "SmallUNet",
      sampleSize: 8,
      inChannels: 1,
      blockOutChannels: [8, 8],
      numClassEmbeds: 4,
    },
    objective: { name: "simple" as const, dropLabels: 0.2 },
    noClass: 3,
    classes: 3,
  },
])(
  "a run's averaged weights and config are read: a $name",
  async ({ noClass, classes, ...part }) => {
    const directory = await mkdtemp(join(tmpdir(), "run-"));
    try {
      const config = resolveConfig({ ...common, ...part });
      const parts = partsOf(config);
      const state = parts.step.initialState(1);
      const ema = state.parameters!.map((v) => v / 2);
      await claimDirectory(directory, config);
      const checkpoint = { step: 1, state: { ...state, ema }, memory: undefined, engine: "none" };
      await writeCheckpoint(directory, parts, checkpoint);
      const read = await readRunDirectory(directory);
      expect(read.config).toEqual(config);
      expect(read.noClass).toBe(noClass);
      expect(parts.classes).toBe(classes);
      expect(read.scheduler).toEqual(parts.scheduler);
      expect(configOf(read.model)).toEqual(configOf(parts.model));
      expect(read.weights).toEqual(unpackWeights(parts.step.layout, ema));
    } finally {
      await rm(directory, { recursive: true });
    }
  },
);

test("a directory of diffusers has no config", async () => {
  expect(await readRunDirectory(directoryOf("ddpm"))).not.toHaveProperty("config");
});
