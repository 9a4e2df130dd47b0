import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SYMMETRIC } from "@symbreak/core";
import { partsOf, resolveConfig, selectEngine, type TrainConfig } from "@symbreak/trainer";
import { nodeEngines } from "@symbreak/trainer/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleGrids } from "../../src/train/sample-grids.ts";

let directory: string;
let engine: Awaited<ReturnType<typeof selectEngine>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "grids-"));
  engine = await selectEngine(nodeEngines, { engine: "onnxruntime-node", threads: 1 });
});
afterAll(async () => {
  await engine.dispose();
  await rm(directory, { recursive: true });
});

const UNET = { className: "SmallUNet", sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8] };

function gridsOf(name: string, objective: TrainConfig["objective"], model: TrainConfig["model"]) {
  const data = { dataset: "none" };
  const run = { name: "tiny", data, model, batch: 2, steps: 1, ...(objective && { objective }) };
  const parts = partsOf(resolveConfig(run));
  const folder = join(directory, name);
  const options = { engine, parts, units: SYMMETRIC, directory: folder, count: 4, steps: 3 };
  return { grids: sampleGrids(options), parts };
}

test.each([
  ["simple", undefined, UNET],
  ["conditional", undefined, { ...UNET, numClassEmbeds: 3 }],
  ["scales", { name: "scoreMatching" }, UNET],
  ["vp", { name: "scoreSde", prediction: "score" }, UNET],
  ["ve", { name: "scoreSde", process: { name: "ve" } }, UNET],
  ["vdm", { name: "vdm", schedule: "learnedMonotone" }, UNET],
] as const)(
  "a grid of %s is an image of raw and one of averaged weights",
  async (name, objective, model) => {
    const { grids, parts } = gridsOf(name, objective, model);
    const { parameters, ema } = parts.step.initialState(1);
    const files = await grids!.draw({ step: 1, raw: parameters!, ema: ema! });
    expect(files).toHaveLength(2);
    const png = await readFile(files[0]!);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([18, 18]);
  },
);

test("a classifier draws nothing", () => {
  const model = { className: "CleanClassifier", sampleSize: 8, inChannels: 1, classes: 3 };
  expect(gridsOf("classifier", { name: "classification" }, model).grids).toBeUndefined();
});
