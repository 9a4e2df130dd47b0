import type { Target } from "./target.ts";

/** All readers, by the file that tries them; files are written below `folder`. */
const GROUPS: Readonly<
  Record<string, (folder: string) => Promise<readonly Target[]> | readonly Target[]>
> = {
  arrays: async (folder) => (await import("./targets/arrays.ts")).arrays(folder),
  pictures: async (folder) => (await import("./targets/pictures.ts")).pictures(folder),
  folders: async (folder) => [(await import("./targets/folders.ts")).folders(folder)],
  weights: async (folder) => (await import("./targets/weights.ts")).weights(folder),
  configs: async () => (await import("./targets/configs.ts")).configs(),
  protocols: async () => (await import("./targets/protocols.ts")).protocols(),
  kept: async (folder) => (await import("./targets/kept.ts")).kept(folder),
};

/** Where each target is. */
export const TARGETS: Readonly<Record<string, keyof typeof GROUPS>> = {
  npy: "arrays",
  npz: "arrays",
  idx: "arrays",
  "CIFAR batches": "arrays",
  "batches of ImageNet": "arrays",
  png: "pictures",
  "jpeg, webp, gif, tiff, avif": "pictures",
  Parquet: "pictures",
  folders: "folders",
  safetensors: "weights",
  checkpoint: "weights",
  "shards of weights": "weights",
  ONNX: "weights",
  "notes of a network": "weights",
  "moments of a network": "weights",
  "training config": "configs",
  "settings (--set)": "configs",
  "scheduler config": "configs",
  "network config": "configs",
  "pipeline index": "configs",
  "words of options": "configs",
  process: "protocols",
  grid: "protocols",
  solver: "protocols",
  "protocol of a run": "protocols",
  "any JSON": "kept",
  "kept cell": "kept",
  "digests of a run": "kept",
  "lock of a directory": "kept",
};

/** The target of a name. */
export async function targetOf(name: string, folder: string): Promise<Target> {
  const group = await GROUPS[TARGETS[name]!]!(folder);
  return group.find((target) => target.name === name)!;
}
