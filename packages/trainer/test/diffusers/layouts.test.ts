import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  pipelineFiles,
  type ReadPipelineOptions,
  readPipeline,
} from "../../src/diffusers/pipeline.ts";
import { parsePythonJson } from "../../src/diffusers/python-json.ts";
import {
  readSafetensors,
  type StoredTensor,
  writeSafetensors,
} from "../../src/formats/safetensors.ts";
import { directoryOf } from "./fixtures.ts";

type Files = Record<string, Uint8Array>;

const WEIGHTS = "diffusion_pytorch_model.safetensors";
const PLAIN: Files = Object.fromEntries(
  [
    "model_index.json",
    "unet/config.json",
    `unet/${WEIGHTS}`,
    "scheduler/scheduler_config.json",
  ].map((path) => [path, readFileSync(join(directoryOf("ddpm"), path))]),
);

const open = (files: Files, options: ReadPipelineOptions = {}) =>
  readPipeline(async (path) => files[path], options);
const plain = await open(PLAIN);

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);

/** The files with one of them changed as JSON. */
const edited = (path: string, changes: object): Files => ({
  ...PLAIN,
  [path]: bytes(JSON.stringify({ ...JSON.parse(text(PLAIN[path]!)), ...changes })),
});

/** The files with other weights in the place of the one file. */
function weighed(files: Files): Files {
  const { [`unet/${WEIGHTS}`]: _, ...rest } = PLAIN;
  return { ...rest, ...files };
}

const { tensors } = readSafetensors(PLAIN[`unet/${WEIGHTS}`]!);
const names = Object.keys(tensors);
const some = (keep: (index: number) => boolean) =>
  Object.fromEntries(Object.entries(tensors).filter((_, i) => keep(i)));

/** Two shards with their index, named by `shard`. */
function sharded(shard: (k: 1 | 2) => string, index: string): Files {
  const weight_map = Object.fromEntries(names.map((name, i) => [name, shard(i % 2 ? 2 : 1)]));
  return weighed({
    [`unet/${index}`]: bytes(JSON.stringify({ metadata: { total_size: 1 }, weight_map })),
    [`unet/${shard(1)}`]: writeSafetensors(some((i) => i % 2 === 0)),
    [`unet/${shard(2)}`]: writeSafetensors(some((i) => i % 2 === 1)),
  });
}

const prefixed = (prefix: string): Record<string, StoredTensor> =>
  Object.fromEntries(names.map((name) => [prefix + name, tensors[name]!]));

describe("every layout that diffusers reads holds the same network", () => {
  const file = `unet/${WEIGHTS}`;
  const layouts: [string, Files][] = [
    ["a variant", weighed({ "unet/diffusion_pytorch_model.fp16.safetensors": PLAIN[file]! })],
    [
      "shards",
      sharded(
        (k) => `diffusion_pytorch_model-0000${k}-of-00002.safetensors`,
        `${WEIGHTS}.index.json`,
      ),
    ],
    [
      "shards of a variant",
      sharded(
        (k) => `diffusion_pytorch_model.fp16-0000${k}-of-00002.safetensors`,
        `${WEIGHTS}.index.fp16.json`,
      ),
    ],
    [
      "everything in the root",
      Object.fromEntries(
        Object.entries(PLAIN).map(([path, value]) => [path.replace(/^.*\//, ""), value]),
      ),
    ],
    [
      "a network and its scheduler without an index",
      {
        "config.json": PLAIN["unet/config.json"]!,
        [WEIGHTS]: PLAIN[file]!,
        "scheduler_config.json": PLAIN["scheduler/scheduler_config.json"]!,
      },
    ],
    ["a prefix", weighed({ [file]: writeSafetensors(prefixed("module.unet.")) })],
    [
      "averaged weights with the average's own keys",
      edited("unet/config.json", {
        decay: 0.9999,
        inv_gamma: 1,
        power: 0.75,
        optimization_step: 9,
      }),
    ],
  ];
  test.each(layouts)("%s", async (_, files) => {
    const read = await open(files);
    expect(read.weights).toEqual(plain.weights);
    expect(read.model.config).toEqual(plain.model.config);
    expect(read.scheduler).toEqual(plain.scheduler);
  });

  test("a network that takes any size is told one, and refused without", async () => {
    const files = edited("unet/config.json", { sample_size: null });
    await expect(open(files)).rejects.toThrow("the sample_size of unet/config.json must be known");
    expect((await open(files, { sampleSize: [8, 16] })).model.shape.slice(1)).toEqual([8, 16]);
    const wide = await open(edited("unet/config.json", { sample_size: [16, 8] }));
    expect(wide.model.shape.slice(1)).toEqual([16, 8]);
    expect(wide.weights).toEqual(plain.weights);
  });

  test("numbers that JSON has not are kept, and written as diffusers writes them", async () => {
    const at = "scheduler/scheduler_config.json";
    const python = text(PLAIN[at]!).replace(/\{/, '{\n  "lambda_min_clipped": -Infinity,');
    const read = await open({ ...PLAIN, [at]: bytes(python) });
    expect(read.scheduler!.lambda_min_clipped).toBe("-Infinity");
    const files = pipelineFiles(read);
    expect(text(files[at]!)).toContain('"lambda_min_clipped": -Infinity,\n');
    expect((await open(files)).scheduler).toEqual(read.scheduler);
  });
});

test("Python's JSON: the three words stand for numbers outside of strings alone", () => {
  const value = parsePythonJson(
    '{"a": [NaN, Infinity, -Infinity, 1e5], "b": "NaN \\" -Infinity", "NaN": null}',
    "a file",
  );
  expect(value).toEqual({
    a: ["NaN", "Infinity", "-Infinity", 1e5],
    b: 'NaN " -Infinity',
    NaN: null,
  });
  expect(() => parsePythonJson("{NaN: 1", "a file")).toThrow("a file cannot be read as JSON");
});

describe("what cannot be read is named, with advice that fits", () => {
  const pickle = "unet/diffusion_pytorch_model.bin";
  const away: [string, Files, string][] = [
    ["pickles", weighed({ [pickle]: bytes("PK") }), "safe_serialization=True"],
    ["nothing", weighed({}), `the weights must be unet/${WEIGHTS}, with or without a variant`],
    [
      "a shard less",
      (() => {
        const files = sharded((k) => `m-${k}.safetensors`, `${WEIGHTS}.index.json`);
        const { "unet/m-2.safetensors": _, ...rest } = files;
        return rest;
      })(),
      "the shard unet/m-2.safetensors of",
    ],
    [
      "an index that points elsewhere",
      sharded((k) => `../${k}.safetensors`, `${WEIGHTS}.index.json`),
      "must name safetensors files beside it",
    ],
    [
      "latents",
      edited("model_index.json", { _class_name: "LDMPipeline", vqvae: ["diffusers", "VQModel"] }),
      'LDMPipeline must be of a unet and a scheduler alone (the folder of its network can be opened with a scheduler), got "vqvae"',
    ],
    [
      "latents of an AutoencoderKL",
      edited("model_index.json", {
        _class_name: "LDMPipeline",
        vae: ["diffusers", "AutoencoderKL"],
      }),
      'LDMPipeline must be of a unet and a scheduler alone (the folder of its network can be opened with a scheduler), got "vae"',
    ],
    [
      "a text encoder",
      edited("model_index.json", { text_encoder: ["transformers", "CLIPTextModel"] }),
      'must be of a unet and a scheduler alone (the folder of its network can be opened with a scheduler), got "text_encoder"',
    ],
    [
      "Stable Diffusion",
      edited("model_index.json", {
        _class_name: "StableDiffusionPipeline",
        unet: ["diffusers", "UNet2DConditionModel"],
        vae: ["diffusers", "AutoencoderKL"],
        text_encoder: ["transformers", "CLIPTextModel"],
      }),
      "StableDiffusionPipeline: its unet must be a UNet2DModel, which is told a time and at most a class (another network can be opened as ONNX, with notes on it, if it is told no more)",
    ],
    [
      "a DiT",
      edited("model_index.json", {
        _class_name: "DiTPipeline",
        unet: undefined,
        transformer: ["diffusers", "DiTTransformer2DModel"],
        vae: ["diffusers", "AutoencoderKL"],
      }),
      "DiTPipeline: its transformer must be a UNet2DModel",
    ],
    ...["UNet2DConditionModel", "DiTTransformer2DModel", "AutoencoderKL"].map(
      (name): [string, Files, string] => [
        `the folder of a ${name}`,
        {
          "config.json": bytes(JSON.stringify({ _class_name: name, sample_size: 8 })),
          [WEIGHTS]: PLAIN[`unet/${WEIGHTS}`]!,
        },
        "config.json must be a UNet2DModel, which is told a time and at most a class",
      ],
    ),
    [
      "a prefix of some",
      weighed({
        [`unet/${WEIGHTS}`]: writeSafetensors({
          ...prefixed("module."),
          other: tensors[names[0]!]!,
        }),
      }),
      "the file must hold",
    ],
  ];
  test.each(away)("%s", async (_, files, message) => {
    await expect(open(files)).rejects.toThrow(message);
  });
});
