import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateRawSync, deflateSync } from "node:zlib";
import { parseJson } from "@symbreak/core";
import { loadDataset, npyBytes, npzBytes, readNpy, readNpz } from "@symbreak/datasets";
import { folderStore } from "@symbreak/files";
import { fromSchedulerConfig } from "@symbreak/networks";
import {
  partsOf,
  pipelineFiles,
  readPipeline,
  readSafetensors,
  resolveConfig,
  writeSafetensors,
} from "@symbreak/trainer";
import { readCheckpoint, writeCheckpoint } from "@symbreak/trainer/node";
import { parquetWriteBuffer } from "hyparquet-writer";

/** A reader, good files for it, and files made to hurt it. */
export interface Target {
  readonly name: string;
  readonly kind: "bytes" | "text";
  readonly seeds: readonly Uint8Array[];
  readonly attacks: readonly Uint8Array[];
  /** Reads the file: anything but a named error is a finding. */
  read(file: Uint8Array): Promise<unknown>;
}

const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
/** What every reader of JSON is told. */
const JSON_ATTACKS = [
  deep(100_000),
  `${"[".repeat(1_000_000)}`,
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  "null",
  "[]",
  "1",
  '"x"',
].map(text);

/** All targets; files are written below `folder`. */
export async function targets(folder: string): Promise<Target[]> {
  const file = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  return [
    {
      name: "npy",
      kind: "bytes",
      seeds: [npyBytes(bytesOf(3 * 64), [3, 8, 8]), npyBytes(Float64Array.of(1, 2, 3), [3])],
      attacks: [
        npy("(4294967295, 4294967295)"),
        npy("(9007199254740991,)"),
        npy(`(${"1, ".repeat(100_000)})`),
        npy("(0, 1000000000)"),
      ],
      read: (bytes) => readNpy(file("a.npy", bytes)),
    },
    {
      name: "npz",
      kind: "bytes",
      seeds: [
        npzBytes({
          x_train: { data: bytesOf(192), shape: [3, 8, 8] },
          y_train: { data: bytesOf(3) },
        }),
      ],
      attacks: [overlappingZip(200), bombZip()],
      read: async (bytes) => {
        const path = file("a.npz", bytes);
        await readNpz(path);
        return loadDataset(path);
      },
    },
    {
      name: "idx",
      kind: "bytes",
      seeds: [idx([3, 8, 8], bytesOf(192))],
      attacks: [
        idx([0xffffffff, 0xffffffff, 0xffffffff], bytesOf(8)),
        idx([0, 0xffff, 0xffff], bytesOf(0)),
      ],
      read: (bytes) => loadDataset(file("a-idx3-ubyte", bytes)),
    },
    {
      name: "parquet",
      kind: "bytes",
      seeds: [parquet()],
      attacks: [],
      read: (bytes) => loadDataset(file("a.parquet", bytes)),
    },
    {
      name: "png",
      kind: "bytes",
      seeds: [png(8, 8)],
      attacks: [png(8, 8, 0x7fffffff)],
      read: (bytes) => {
        mkdirSync(join(folder, "pictures"), { recursive: true });
        file("pictures/a.png", bytes);
        return loadDataset(join(folder, "pictures"));
      },
    },
    {
      name: "safetensors",
      kind: "bytes",
      seeds: [writeSafetensors({ a: { shape: [2, 3], data: new Float32Array(6) } }, { step: "3" })],
      attacks: [
        safetensors('{"a":{"dtype":"F32","shape":[4294967295,4294967295],"data_offsets":[0,4]}}'),
        safetensors(
          '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
        ),
        safetensors('{"a":{"dtype":"toString","shape":[1],"data_offsets":[0,4]}}'),
        safetensors('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'),
        safetensors(deep(100_000)),
        Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127, 123),
      ],
      read: async (bytes) => readSafetensors(bytes),
    },
    await checkpointTarget(folder),
    {
      name: "training config",
      kind: "text",
      seeds: [text(config())],
      attacks: [
        ...JSON_ATTACKS,
        text({ ...config(), model: { className: "toString" } }),
        text({ ...config(), model: { className: "Mlp", size: 1e9, width: 1e9, depth: 1e9 } }),
        text({ ...config(), schedule: { steps: 1e9 } }),
        text({ ...config(), batch: 1e9 }),
      ],
      read: async (bytes) => partsOf(resolveConfig(json(bytes, "config.json"))),
    },
    {
      name: "scheduler config",
      kind: "text",
      seeds: schedulers().map(text),
      attacks: [
        ...JSON_ATTACKS,
        text({ _class_name: "toString" }),
        text({ _class_name: "DDIMScheduler", num_train_timesteps: 1e7 }),
        text({ _class_name: "DDIMScheduler", num_train_timesteps: 1e15 }),
        text({ _class_name: "EulerDiscreteScheduler", trained_betas: { length: 1e9 } }),
      ],
      read: async (bytes) => fromSchedulerConfig(json(bytes, "scheduler.json") as never),
    },
    pipelineTarget(),
    {
      name: "kept cell",
      kind: "text",
      seeds: [await keptCell(folder)],
      attacks: JSON_ATTACKS,
      read: async (bytes) => {
        writeFileSync(join(folder, "cells", await cellName(folder)), bytes);
        return folderStore(join(folder, "cells"), () => {}).get(PROTOCOL);
      },
    },
  ];
}

function json(bytes: Uint8Array, name: string): unknown {
  return parseJson(Buffer.from(bytes).toString(), name);
}

function config(): Record<string, unknown> {
  return {
    name: "t",
    data: { dataset: "none" },
    model: { className: "Mlp", size: 3, width: 4, depth: 1, timeFeatures: 4 },
    schedule: { kind: "linear", steps: 10, betaStart: 1e-4, betaEnd: 0.02 },
    objective: { name: "simple", prediction: "epsilon" },
    optimiser: { rate: 1e-3, betas: [0.9, 0.999], clip: 1 },
    batch: 2,
    steps: 6,
    every: { log: 1, checkpoint: 2, samples: 3 },
  };
}

/** The state of a run, as a version without digests left it: with digests no damage comes as far as its reader. */
async function checkpointTarget(folder: string): Promise<Target> {
  const directory = join(folder, "run");
  const parts = partsOf(resolveConfig(config()));
  const { parameters, ...moments } = parts.step.initialState(1);
  const state = { ...moments, parameters: parameters!, ema: parameters! };
  const checkpoint = { step: 2, state, memory: [1, 2], engine: "none" };
  await writeCheckpoint(directory, parts, checkpoint);
  const path = join(directory, "training/state.safetensors");
  const seed = readFileSync(path);
  rmSync(join(directory, "digests.json"));
  return {
    name: "checkpoint",
    kind: "bytes",
    seeds: [seed],
    attacks: [
      safetensors('{"__metadata__":{"step":"NaN","layout":"[["}}'),
      safetensors('{"__metadata__":{"step":"3","layout":"null"}}'),
    ],
    read: (bytes) => {
      writeFileSync(path, bytes);
      return readCheckpoint(directory, parts);
    },
  };
}

/** A pipeline whose network's config is anyone's. */
function pipelineTarget(): Target {
  const parts = partsOf(resolveConfig(config()));
  const weights = Object.fromEntries(
    Object.entries(parts.step.layout).map(([name, shape]) => [
      name,
      new Float32Array(shape.reduce((product, n) => product * n, 1)),
    ]),
  );
  const files = pipelineFiles({ model: parts.model, weights });
  const small = (options: object): Uint8Array => text({ _class_name: "SmallUNet", ...options });
  return {
    name: "network config",
    kind: "text",
    seeds: [files["config.json"]!],
    attacks: [
      ...JSON_ATTACKS,
      text({ _class_name: "toString" }),
      small({ sample_size: 1e9, in_channels: 1e9, block_out_channels: [1e9] }),
      small({ sample_size: 28, in_channels: 1, block_out_channels: { length: 1e9 } }),
      text({ _class_name: "UNet2DModel", sample_size: 32, layers_per_block: 1e9 }),
    ],
    read: (bytes) => readPipeline(async (path) => (path === "config.json" ? bytes : files[path])),
  };
}

function schedulers(): object[] {
  const common = {
    num_train_timesteps: 100,
    beta_start: 1e-4,
    beta_end: 0.02,
    beta_schedule: "linear",
  };
  return [
    { _class_name: "DDIMScheduler", ...common, set_alpha_to_one: false, steps_offset: 1 },
    { _class_name: "DDPMScheduler", ...common, variance_type: "fixed_small", clip_sample: true },
    {
      _class_name: "EulerDiscreteScheduler",
      ...common,
      use_karras_sigmas: true,
      trained_betas: null,
    },
    {
      _class_name: "DPMSolverMultistepScheduler",
      ...common,
      solver_order: 2,
      algorithm_type: "dpmsolver++",
    },
    { _class_name: "EDMEulerScheduler", sigma_min: 0.002, sigma_max: 80, sigma_data: 0.5 },
  ];
}

const PROTOCOL = { solver: "ddim", steps: 10 };

async function keptCell(folder: string): Promise<Uint8Array> {
  await folderStore(join(folder, "cells"), () => {}).set(PROTOCOL, { fd: 1.5, n: [1, 2, 3] });
  return readFileSync(join(folder, "cells", await cellName(folder)));
}

async function cellName(folder: string): Promise<string> {
  return readdirSync(join(folder, "cells")).find((name) => name.endsWith(".json"))!;
}

function bytesOf(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (i * 37) % 256);
}

function npy(shape: string): Uint8Array {
  const dictionary = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const head = Buffer.from("\x93NUMPY\x02\x00\x00\x00\x00\x00", "latin1");
  head.writeUInt32LE(dictionary.length, 8);
  return Buffer.concat([head, Buffer.from(dictionary)]);
}

function idx(sizes: readonly number[], data: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head.writeUInt32BE(0x0800 + sizes.length, 0);
  for (const [i, size] of sizes.entries()) head.writeUInt32BE(size, 4 + 4 * i);
  return Buffer.concat([head, data]);
}

function safetensors(header: string): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, Buffer.from(header), Buffer.alloc(4)]);
}

/** A directory whose every entry is one and the same large file. */
function overlappingZip(entries: number): Uint8Array {
  const large = Buffer.from(npzBytes({ x: { data: new Uint8Array(500_000) } }));
  return repeated(large, entries);
}

/** Zeros that were deflated a thousandfold, in many entries of one file. */
function bombZip(): Uint8Array {
  const zeros = npyBytes(new Uint8Array(40_000_000), [40_000_000]);
  const packed = deflateRawSync(zeros, { level: 9 });
  const [local, entry, end] = [Buffer.alloc(35), Buffer.alloc(51), Buffer.alloc(22)];
  for (const [head, at] of [
    [local, 0],
    [entry, 2],
  ] as const) {
    head.writeUInt32LE(at === 0 ? 0x04034b50 : 0x02014b50, 0);
    head.writeUInt16LE(8, 8 + at);
    head.writeUInt32LE(crc32(zeros), 14 + at);
    head.writeUInt32LE(packed.length, 18 + at);
    head.writeUInt32LE(zeros.length, 22 + at);
    head.writeUInt16LE(5, 26 + at);
    head.write("x.npy", head.length - 5, "latin1");
  }
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(local.length + packed.length, 16);
  return repeated(Buffer.concat([local, packed, entry, end]), 100);
}

/** The archive's one entry of the directory, so many times under different names. */
function repeated(archive: Buffer, entries: number): Uint8Array {
  const end = archive.length - 22;
  const start = archive.readUInt32LE(end + 16);
  const entry = archive.subarray(start, end);
  const directory = Array.from({ length: entries }, (_, i) => {
    const copy = Buffer.from(entry);
    // Another name, of the same length.
    copy[46] = 48 + (i % 75);
    return copy;
  });
  const tail = Buffer.from(archive.subarray(end));
  tail.writeUInt16LE(entries, 8);
  tail.writeUInt16LE(entries, 10);
  tail.writeUInt32LE(entry.length * entries, 12);
  return Buffer.concat([archive.subarray(0, start), ...directory, tail]);
}

function parquet(): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: "image", data: [png(8, 8), png(8, 8)], type: "BYTE_ARRAY" },
      { name: "label", data: [0, 1], type: "INT32" },
    ],
  });
  return new Uint8Array(buffer);
}

/** A grey picture, which may say that it is wider than it is. */
function png(width: number, height: number, said: number = width): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length, 0);
    head.write(type, 4, "latin1");
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])));
    return Buffer.concat([head, data, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(said, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 0x7f);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const parts = [
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}
