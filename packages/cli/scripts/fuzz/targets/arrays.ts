import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { loadDataset, npyBytes, npzBytes, readNpy, readNpz } from "@symbreak/datasets";
import { bombZip, deflatedZip, overlappingZip } from "../attacks/zip.ts";
import { bytesOf, checkData, must, type Target, text, writer } from "../target.ts";

const IMAGES = npyBytes(bytesOf(3 * 64), [3, 8, 8]);
const FLOATS = npyBytes(Float32Array.of(0.5, -2, 3, 1e30, 0, 7), [3, 2]);
const IDX = idx([3, 8, 8], bytesOf(192));
/** Two records: a label, then 32×32 pixels in three channels. */
const BATCH = bytesOf(2 * 3073).map((byte, i) => (i % 3073 === 0 ? 3 : byte));

/** Arrays of numbers: .npy, .npz, idx, CIFAR's batches. */
export function arrays(folder: string): Target[] {
  const file = writer(folder);
  const load = async (path: string) => checkData(await loadDataset(path));
  return [
    {
      name: "npy",
      names: /a\.npy/,
      forms: [{ kind: "bytes", seeds: [IMAGES, FLOATS, npyBytes(Float64Array.of(1, 2, 3), [3])] }],
      attacks: [
        npy("(4294967295, 4294967295)"),
        npy("(9007199254740991,)"),
        npy(`(${"1, ".repeat(100_000)})`),
        npy("(0, 1000000000)"),
        npy("(-1, 3)"),
        npy("()"),
      ],
      read: async (bytes) => {
        const path = file("a.npy", bytes);
        const { data, shape } = await readNpy(path);
        must(data.length === shape.reduce((product, n) => product * n, 1), `${shape}`);
        await load(path);
      },
    },
    {
      name: "npz",
      names: /a\.npz/,
      forms: [
        {
          kind: "bytes",
          seeds: [
            npzBytes({
              x_train: { data: bytesOf(192), shape: [3, 8, 8] },
              y_train: { data: bytesOf(3) },
            }),
          ],
        },
        { kind: "bytes", seeds: [IMAGES, FLOATS], frame: deflatedZip },
      ],
      attacks: [overlappingZip(200), bombZip()],
      read: async (bytes) => {
        const path = file("a.npz", bytes);
        await readNpz(path);
        await load(path);
      },
    },
    {
      name: "idx",
      names: /a-idx3-ubyte/,
      forms: [
        { kind: "bytes", seeds: [IDX] },
        { kind: "bytes", seeds: [IDX], frame: (inner) => gzipSync(inner) },
        { kind: "bytes", seeds: [gzipSync(IDX)] },
      ],
      attacks: [
        idx([0xffffffff, 0xffffffff, 0xffffffff], bytesOf(8)),
        idx([0, 0xffff, 0xffff], bytesOf(0)),
        gzipSync(idx([60000, 28, 28], new Uint8Array(60000 * 784))),
        gzipSync(new Uint8Array(100_000_000)),
      ],
      read: (bytes) => load(file("a-idx3-ubyte", bytes)),
    },
    {
      name: "CIFAR batches",
      names: /cifar/,
      forms: [{ kind: "bytes", seeds: [BATCH] }],
      attacks: [new Uint8Array(0), new Uint8Array(3073 * 2 + 1), new Uint8Array(3072)],
      read: async (bytes) => {
        const at = join(folder, "cifar");
        mkdirSync(at, { recursive: true });
        for (let batch = 1; batch <= 5; batch++)
          writeFileSync(join(at, `data_batch_${batch}.bin`), batch === 3 ? bytes : BATCH);
        await load(at);
      },
    },
    {
      name: "batches of ImageNet",
      names: /batches/,
      forms: [
        {
          kind: "bytes",
          seeds: [npzBytes({ data: { data: bytesOf(2 * 768), shape: [2, 768] } })],
        },
        {
          kind: "bytes",
          seeds: [npyBytes(bytesOf(2 * 768), [2, 768])],
          frame: deflatedZip,
        },
      ],
      attacks: [overlappingZip(50), text("PK")],
      read: async (bytes) => {
        const at = join(folder, "batches");
        mkdirSync(at, { recursive: true });
        writeFileSync(join(at, "train_data_batch_1.npz"), bytes);
        await load(at);
      },
    },
  ];
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
