import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AS_IS, dataOf } from "@symbreak/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine, EngineName } from "../../../src/engines/engine.ts";
import { selectEngine } from "../../../src/engines/select.ts";
import { readPipelineDirectory } from "../../../src/node/diffusers/pipeline-directory.ts";
import { nodeEngines } from "../../../src/node/engines/candidates.ts";
import { readCheckpoint } from "../../../src/node/run/checkpoint.ts";
import { runTraining } from "../../../src/node/run/run-training.ts";
import type { TrainConfig } from "../../../src/run/config.ts";
import { partsOf } from "../../../src/run/from-config.ts";
import { tinyConfig, tinyData } from "../../run/tiny-config.ts";

let root: string;
const engines: Partial<Record<EngineName, Engine>> = {};
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "training-"));
  for (const engine of ["onnxruntime-node", "tfjs-cpu"] as const)
    engines[engine] = await selectEngine(nodeEngines, { engine, threads: 2 });
});
afterAll(async () => {
  for (const engine of Object.values(engines)) await engine.dispose();
  await rm(root, { recursive: true });
});

/** Runs in a directory, as many steps as allowed in this sitting; returns each step's loss. */
async function run(
  name: string,
  changes: Partial<TrainConfig> = {},
  {
    sitting = Number.POSITIVE_INFINITY,
    data = tinyData(),
    engine = "onnxruntime-node" as EngineName,
  } = {},
): Promise<number[]> {
  const config = tinyConfig(changes);
  const losses: number[] = [];
  await runTraining({
    config,
    parts: partsOf(config),
    data,
    directory: join(root, name),
    engine: engines[engine]!,
    onStep: ({ loss }) => losses.push(loss),
    stopped: () => losses.length >= sitting,
  });
  return losses;
}

const stateOf = async (name: string) => {
  const checkpoint = await readCheckpoint(join(root, name), partsOf(tinyConfig()));
  const { engine: _, ...rest } = checkpoint!;
  return rest;
};

test.each(["onnxruntime-node", "tfjs-cpu"] as const)(
  "on %s a run that stopped twice gives the losses and weights of one that did not, bit for bit",
  async (engine) => {
    const [whole, parts] = [`whole ${engine}`, `parts ${engine}`];
    const losses = await run(whole, {}, { engine });
    expect(losses).toHaveLength(6);
    expect([
      ...(await run(parts, {}, { engine, sitting: 1 })),
      ...(await run(parts, {}, { engine, sitting: 2 })),
      ...(await run(parts, {}, { engine })),
    ]).toEqual(losses);
    expect(await stateOf(parts)).toEqual(await stateOf(whole));
  },
);

test("importance-sampled times are remembered over a stop", async () => {
  const bound = {
    steps: 30,
    schedule: { steps: 2 },
    objective: { name: "bound", variance: "fixedSmall" },
  } as const;
  const whole = await run("bound-whole", bound);
  const parts = [
    ...(await run("bound-parts", bound, { sitting: 25 })),
    ...(await run("bound-parts", bound)),
  ];
  expect(parts).toEqual(whole);
});

test("a run cut off without saving goes on from its last checkpoint and logs each step once", async () => {
  const config = tinyConfig();
  let steps = 0;
  const broken = runTraining({
    config,
    parts: partsOf(config),
    data: tinyData(),
    directory: join(root, "cut"),
    engine: engines["onnxruntime-node"]!,
    onStep: () => {
      if (++steps === 5) throw new Error("the power fails");
    },
  });
  await expect(broken).rejects.toThrow("the power fails");
  expect((await stateOf("cut")).step).toBe(4);
  expect(await run("cut")).toEqual((await run("whole-2")).slice(4));
  const log = (await readFile(join(root, "cut", "log.jsonl"), "utf8")).trim().split("\n");
  expect(log.map((line) => JSON.parse(line).step)).toEqual([2, 4, 6]);
});

test("the directory is a diffusers pipeline of the averaged weights, the raw ones beside", async () => {
  await run("pipeline", {}, { sitting: 3 });
  const directory = join(root, "pipeline");
  const { step } = partsOf(tinyConfig());
  const { state } = await stateOf("pipeline");
  const { weights, scheduler } = await readPipelineDirectory(directory);
  const raw = await readPipelineDirectory(join(directory, "unet_raw"));
  const packed = (of: Record<string, Float32Array>) =>
    Float32Array.from(Object.keys(step.layout).flatMap((name) => [...of[name]!]));
  expect(packed(weights)).toEqual(state.ema);
  expect(packed(raw.weights)).toEqual(state.parameters);
  expect(state.ema).not.toEqual(state.parameters);
  expect(scheduler).toMatchObject({ _class_name: "DDPMScheduler", prediction_type: "epsilon" });
  expect((await readdir(join(directory, "training"))).toSorted()).toEqual(["state.safetensors"]);
});

test("another config is refused by the names of its keys; more steps are not", async () => {
  await run("claimed", { steps: 1 });
  const other = run("claimed", { batch: 2, optimiser: { rate: 1, warmUp: 2, average: 0.9 } });
  await expect(other).rejects.toThrow("differing: [optimiser.rate, batch]");
  expect(await run("claimed", { steps: 2 })).toHaveLength(1);
});

test("a run from before a key was known goes on, with the key's default", async () => {
  await run("older", { steps: 1 });
  const path = join(root, "older", "config.json");
  const { muon: _, restarts: __, ...optimiser } = tinyConfig().optimiser;
  await writeFile(path, JSON.stringify({ ...tinyConfig({ steps: 1 }), optimiser }));
  await expect(run("older", { optimiser: { ...optimiser, muon: 0.4 } })).rejects.toThrow(
    "differing: [optimiser.muon]",
  );
  expect(await run("older", { steps: 2 })).toHaveLength(1);
});

test("a checkpoint of another network is refused by the name of the first weight that differs", async () => {
  await run("narrow", { steps: 1 });
  const wide = tinyConfig({
    steps: 1,
    model: { className: "Mlp", size: 3, width: 12, depth: 2, timeFeatures: 4 },
  });
  await expect(readCheckpoint(join(root, "narrow"), partsOf(wide))).rejects.toThrow(
    'where "hidden.0.weight" is [12,7], got "[8,7]"',
  );
});

test("a step that is not finite stops with its layer, and the last checkpoint stays", async () => {
  const data = { ...tinyData(), values: Float32Array.from(tinyData().values) };
  const unscaled = { ...data, units: AS_IS };
  await run("diverging", { steps: 2 }, { data: unscaled });
  const before = await stateOf("diverging");
  const broken = { ...unscaled, values: unscaled.values.map(() => 3e38) };
  await expect(run("diverging", { steps: 4 }, { data: broken })).rejects.toThrow(
    // The squares of the errors: what the network gives is finite still.
    "step 3 is not finite (loss Infinity): the first value that is not finite is in mul of layer out",
  );
  expect(await stateOf("diverging")).toEqual(before);
});

test("data of another shape and a directory that cannot be written are named", async () => {
  const data = dataOf(new Uint8Array(100), [10], AS_IS);
  await expect(run("shape", {}, { data })).rejects.toThrow(
    "the data must have the network's shape [3], got [10]",
  );
  await writeFile(join(root, "file"), "");
  await expect(run("file/inside")).rejects.toThrow(
    `${join(root, "file/inside")} cannot be written`,
  );
});

const LABELS = Uint8Array.from({ length: 10 }, (_, i) => i % 3);
const LOGITS = { className: "Mlp", size: 3, outSize: 3, width: 8, depth: 1, timeFeatures: 4 };

test.each([
  ["a classifier", { objective: { name: "classification", noised: true }, model: LOGITS }],
  ["a conditional network", { model: { ...LOGITS, numClassEmbeds: 3 } }],
  ["a learned noise schedule", { objective: { name: "vdm", schedule: "learnedLinear" } }],
  ["a score SDE", { objective: { name: "scoreSde", process: { name: "ve" } } }],
] as const)("%s goes on after a stop as if there had been none", async (name, changes) => {
  const data = { ...tinyData(), labels: LABELS };
  const whole = await run(`${name} whole`, changes, { data });
  const stopped = await run(`${name} parts`, changes, { data, sitting: 3 });
  expect([...stopped, ...(await run(`${name} parts`, changes, { data }))]).toEqual(whole);
  const directory = join(root, `${name} whole`);
  const describedByDiffusers = name === "a conditional network";
  // Without a scheduler in diffusers' words, the network alone.
  const weights = await readPipelineDirectory(
    describedByDiffusers ? directory : join(directory, "unet"),
  );
  expect(weights.scheduler === undefined).toBe(!describedByDiffusers);
  expect(weights.model.className).toBe("Mlp");
});

test("a classifier's log has the accuracy over the batches, and no levels where nothing is noised", async () => {
  const data = { ...tinyData(), labels: LABELS };
  await run("accuracy", { objective: { name: "classification" }, model: LOGITS }, { data });
  const log = (await readFile(join(root, "accuracy", "log.jsonl"), "utf8")).trim().split("\n");
  for (const { accuracy, lossByLevel } of log.map((line) => JSON.parse(line))) {
    expect(accuracy * 8).toBe(Math.round(accuracy * 8));
    expect(accuracy).toBeLessThanOrEqual(1);
    expect(lossByLevel.every((value: unknown) => value === null)).toBe(true);
  }
});

test("a network with classes refuses data without labels, and labels beyond its classes", async () => {
  const classes = { model: { ...LOGITS, numClassEmbeds: 2 } };
  await expect(run("unlabelled", classes)).rejects.toThrow("the data must have labels");
  const data = { ...tinyData(), labels: LABELS };
  await expect(run("beyond", classes, { data })).rejects.toThrow(
    "labels must lie below the network's 2 classes, got 2",
  );
});
