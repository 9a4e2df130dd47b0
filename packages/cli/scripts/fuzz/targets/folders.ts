import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadDataset, npyBytes, npzBytes } from "@symbreak/datasets";
import { png } from "../attacks/png.ts";
import type { Random } from "../random.ts";
import { bytesOf, checkData, json, type Target, text } from "../target.ts";

const NAMES = [
  ..."a b 2 10 train test val data __proto__ constructor __MACOSX .hidden cat".split(" "),
  ..."batches.meta data.mdb import.json MNIST raw".split(" "),
];
const FILES = [
  ..."1.png 2.png x.jpg x.npy x.npz x.parquet notes.txt a.tiff".split(" "),
  ..."data_batch_1.bin test_batch.bin data_batch_1.png train_lables.json".split(" "),
  ..."train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte.gz".split(" "),
  ..."train_data_batch_1.npz val_data.npz train-00000-of-00002.parquet test.parquet".split(" "),
];
/** What may stand under a name. */
const KINDS = [
  ..."png png png png colour empty cut npy npz folder pipe".split(" "),
  ..."->.. ->. ->loop ->a ->/dev/zero ->/dev/stdin ->nowhere ->/proc/self/fd".split(" "),
] as const;

/** Folders of all layouts, with links, loops, pipes, endless devices, and names that all objects have. */
export function folders(folder: string): Target {
  const at = join(folder, "tree");
  // Made once: links lead to it, since a pipe costs a process.
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  return {
    name: "folders",
    names: /tree/,
    forms: [],
    make: (random) => text(tree(random)),
    attacks: [
      [["a/1.png", "->/dev/zero"]],
      [["1.png", "pipe"]],
      [["train-images-idx3-ubyte", "->/dev/zero"]],
      [["train_data_batch_1.npz", "->/dev/zero"]],
      [["train-00000-of-00001.parquet", "->/dev/zero"]],
      [["data_batch_1.bin", "pipe"]],
      [
        ["a/loop", "->.."],
        ["a/1.png", "png"],
      ],
      [["x", "->x"]],
    ].map(text),
    read: async (bytes) => {
      rmSync(at, { recursive: true, force: true });
      mkdirSync(at, { recursive: true });
      for (const [path, kind] of json(bytes, "tree") as [string, string][]) {
        // A name that is taken is taken.
        try {
          put(join(at, path), kind, pipe);
        } catch {}
      }
      checkData(await loadDataset(at));
    },
  };
}

function tree(random: Random): [string, string][] {
  const one = <Value>(list: readonly Value[]): Value => list[random(list.length)]!;
  return Array.from({ length: 1 + random(8) }, () => {
    const folders = Array.from({ length: random(4) }, () => one(NAMES));
    return [join(...folders, one(FILES)), one(KINDS)];
  });
}

function put(path: string, kind: string, pipe: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (kind.startsWith("->")) symlinkSync(kind.slice(2), path);
  else if (kind === "pipe") symlinkSync(pipe, path);
  else if (kind === "folder") mkdirSync(path);
  else writeFileSync(path, content(kind));
}

function content(kind: string): Uint8Array {
  if (kind === "empty") return new Uint8Array(0);
  if (kind === "npy") return npyBytes(bytesOf(192), [3, 8, 8]);
  if (kind === "npz") return npzBytes({ data: { data: bytesOf(2 * 768), shape: [2, 768] } });
  const picture = png(8, kind === "colour" ? 9 : 8);
  return kind === "cut" ? picture.subarray(0, 30) : picture;
}
