import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Moments, SYMMETRIC } from "@symbreak/core";
import { exportNetwork, momentsNote, momentsOfNote, openOnnx } from "@symbreak/networks";
import {
  onnxWeights,
  type Pipeline,
  partsOf,
  pipelineFiles,
  readPipeline,
  readSafetensors,
  resolveConfig,
  withOnnxMetadata,
  writeSafetensors,
} from "@symbreak/trainer";
import { readCheckpoint, writeCheckpoint } from "@symbreak/trainer/node";
import { deep, JSON_ATTACKS, json, must, type Target, text } from "../target.ts";
import { config } from "./configs.ts";

const TENSORS = writeSafetensors(
  { a: { shape: [2, 3], data: new Float32Array(6) }, b: { shape: [2], data: new Float32Array(2) } },
  { step: "3" },
);
const headerOf = (file: Uint8Array): number =>
  Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));

/** Weights: safetensors, checkpoints, pipelines, ONNX files with our notes. */
export async function weights(folder: string): Promise<Target[]> {
  const pipeline = tinyPipeline();
  const onnx = await exportNetwork(pipeline, { units: SYMMETRIC, moments: MOMENTS });
  const notes = text(NOTES);
  const moments = text(await momentsNote(MOMENTS));
  return [
    {
      name: "safetensors",
      forms: [
        { kind: "bytes", seeds: [TENSORS] },
        {
          kind: "text",
          seeds: [TENSORS.subarray(8, 8 + headerOf(TENSORS))],
          frame: (header) => safetensors(header, TENSORS.subarray(8 + headerOf(TENSORS))),
        },
      ],
      attacks: [
        '{"a":{"dtype":"F32","shape":[4294967295,4294967295],"data_offsets":[0,4]}}',
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        '{"a":{"dtype":"toString","shape":[1],"data_offsets":[0,4]}}',
        '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        deep(100_000),
      ]
        .map((header) => safetensors(text(header), new Uint8Array(4)))
        .concat(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127, 123)),
      read: async (bytes) => {
        const { tensors } = readSafetensors(bytes);
        for (const [name, { shape, data }] of Object.entries(tensors))
          must(data.length === shape.reduce((product, n) => product * n, 1), `${name}: ${shape}`);
      },
    },
    await checkpoint(folder),
    {
      name: "shards of weights",
      forms: [{ kind: "text", seeds: [text(shardIndex(pipeline))] }],
      attacks: [...JSON_ATTACKS, text({ weight_map: { a: "../../etc/passwd" } })],
      read: (bytes) => readPipeline(sharded(pipeline, bytes)),
    },
    {
      name: "ONNX",
      forms: [{ kind: "bytes", seeds: [onnx] }],
      attacks: [text(""), Uint8Array.of(0x72, 255, 255, 255, 255, 255, 255, 255, 255, 127)],
      read: async (bytes) => {
        await openOnnx(bytes, { runtime: NO_RUNTIME });
        onnxWeights(bytes);
      },
    },
    {
      name: "notes of a network",
      forms: [
        { kind: "text", seeds: NETWORKS.map(text) },
        { kind: "text", seeds: [notes], frame: (note) => note },
      ],
      attacks: [
        ...JSON_ATTACKS,
        text({ ...NOTES, name: "../../x" }),
        text({ ...NOTES, shape: [1e9] }),
        text({ ...NOTES, process: { name: "toString" } }),
      ],
      read: async (bytes) => {
        const file = withOnnxMetadata(onnx, { symbreak: Buffer.from(bytes).toString() });
        const network = await openOnnx(file, { runtime: NO_RUNTIME });
        const { alpha, sigma } = network.process.level(network.process.tMax);
        must(Number.isFinite(alpha) && Number.isFinite(sigma), `level ${alpha}, ${sigma}`);
      },
    },
    {
      name: "moments of a network",
      forms: [{ kind: "text", seeds: [moments] }],
      attacks: [...JSON_ATTACKS, text({ size: 1e9, axes: 1e9, residual: 0, count: 1, base64: "" })],
      read: async (bytes) => {
        const { size, mean, covariance } = await momentsOfNote(
          json(bytes, "moments: the note"),
          SYMMETRIC,
        );
        must(mean.length === size && mean.every(Number.isFinite), "a mean of other numbers");
        if (covariance.kind === "diagonal") return;
        const { eigenvalues, eigenvectors, residual } = covariance;
        must(eigenvectors.length === eigenvalues.length * size, "eigenvectors of another size");
        must(eigenvalues.every((value) => value >= 0) && residual >= 0, "negative variances");
        must(eigenvectors.every(Number.isFinite), "eigenvectors that are no numbers");
      },
    },
  ];
}

/** The state of a run, as a version without digests left it: with digests no damage comes as far as its reader. */
async function checkpoint(folder: string): Promise<Target> {
  const directory = join(folder, "run");
  const parts = partsOf(resolveConfig(config()));
  const { parameters, ...moments } = parts.step.initialState(1);
  const state = { ...moments, parameters: parameters!, ema: parameters! };
  await writeCheckpoint(directory, parts, { step: 2, state, memory: [1, 2], engine: "none" });
  const path = join(directory, "training/state.safetensors");
  const seed = new Uint8Array(readFileSync(path));
  rmSync(join(directory, "digests.json"));
  const length = headerOf(seed);
  return {
    name: "checkpoint",
    names: /state\.safetensors/,
    forms: [
      { kind: "bytes", seeds: [seed] },
      {
        kind: "text",
        seeds: [seed.subarray(8, 8 + length)],
        frame: (header) => safetensors(header, seed.subarray(8 + length)),
      },
    ],
    attacks: [
      '{"__metadata__":{"step":"NaN","layout":"[["}}',
      '{"__metadata__":{"step":"3","layout":"null"}}',
    ].map((header) => safetensors(text(header), new Uint8Array(4))),
    read: async (bytes) => {
      writeFileSync(path, bytes);
      const read = await readCheckpoint(directory, parts);
      must(Number.isSafeInteger(read?.step), "no step");
    },
  };
}

/** A network of two numbers, with the noise that it was trained for. */
function tinyPipeline(): Pipeline {
  const { model, step, scheduler } = partsOf(resolveConfig(config()));
  const weights = Object.fromEntries(
    Object.entries(step.layout).map(([name, shape]) => [
      name,
      new Float32Array(shape.reduce((product, n) => product * n, 1)),
    ]),
  );
  return { model, weights, ...(scheduler && { scheduler }) };
}

const SHARD = "diffusion_pytorch_model-00001-of-00001.safetensors";

function shardIndex({ weights }: Pipeline): object {
  return {
    metadata: { total_size: 100 },
    weight_map: Object.fromEntries(Object.keys(weights).map((name) => [name, SHARD])),
  };
}

function sharded(
  pipeline: Pipeline,
  index: Uint8Array,
): (path: string) => Promise<Uint8Array | undefined> {
  const { "unet/diffusion_pytorch_model.safetensors": whole, ...files } = pipelineFiles(pipeline);
  const all: Record<string, Uint8Array | undefined> = {
    ...files,
    [`unet/${SHARD}`]: whole,
    "unet/diffusion_pytorch_model.safetensors.index.json": index,
  };
  return async (path) => (Object.hasOwn(all, path) ? all[path] : undefined);
}

/** onnxruntime's own parser is native, and not ours: a session that any file has. */
const NO_RUNTIME = {
  InferenceSession: {
    create: async () => ({
      inputNames: ["sample", "timestep"],
      outputNames: ["output"],
      run: async () => ({}),
    }),
  },
  Tensor: class {} as never,
};

const MOMENTS: Moments = {
  size: 3,
  mean: Float64Array.of(0, 0.5, -0.5),
  covariance: {
    kind: "spectral",
    eigenvalues: Float64Array.of(2, 1),
    eigenvectors: Float64Array.of(1, 0, 0, 0, 1, 0),
    residual: 0.5,
  },
  count: 100,
};

const NOTES = {
  shape: [3],
  process: { name: "vp", betaMin: 0.1, betaMax: 20 },
  prediction: "epsilon",
  scaling: "vp",
  units: "symmetric",
  classes: { count: 10, names: ["a", "b"], none: 10, scale: 1 },
  inputs: { sample: "sample", timestep: "timestep", classes: "sample", output: "output" },
  timestepShape: "batch",
  defaults: {
    solver: { name: "dpmMultistep", settings: { order: 2 } },
    grid: { name: "karras", settings: { rho: 7 } },
    threshold: { name: "clip", settings: { range: 1 } },
  },
  trainedOn: { dataset: "mnist" },
};

/** Notes of several kinds. */
const NETWORKS = [
  { ...NOTES, classes: undefined, inputs: undefined },
  {
    shape: [1, 8, 8],
    process: { name: "discrete", steps: 100 },
    prediction: "v",
    units: { name: "mine", a: [0.01], b: [-1] },
  },
  {
    shape: [3],
    process: { name: "discrete", steps: 100 },
    prediction: "epsilon",
    units: "unit",
    scheduler: {
      _class_name: "DDIMScheduler",
      num_train_timesteps: 100,
      beta_start: 1e-4,
      beta_end: 0.02,
      beta_schedule: "linear",
    },
  },
];

function safetensors(header: Uint8Array, data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Uint8Array.from(Buffer.concat([length, header, data]));
}
