import { invalid } from "@symbreak/core";
import { readSafetensors, type StoredTensor } from "../formats/safetensors.ts";
import { parsePythonJson } from "./python-json.ts";

/** A file's bytes by its path below some directory; undefined where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>;

/** The name of a network's weights in one file. */
export const WEIGHTS = "diffusion_pytorch_model.safetensors";

/** `variant=` of `save_pretrained`, in the order in which they are looked for. */
const VARIANTS = ["", "fp16", "bf16", "fp32", "ema", "non_ema"];

/** What `safe_serialization=False` writes. */
const PICKLED = ["diffusion_pytorch_model.bin", "diffusion_pytorch_model.bin.index.json"];

/**
 * The tensors of a network that diffusers stored below `at`: in one safetensors file or in shards with an index, plain or of
 * a variant such as "fp16".
 *
 * @throws RangeError naming what is missing, or that the weights are pickled, which is Python's alone to read
 */
export async function readTensors(
  read: ReadFile,
  at: string,
): Promise<Readonly<Record<string, StoredTensor>>> {
  for (const variant of VARIANTS) {
    const suffix = variant && `.${variant}`;
    const whole = await read(`${at}${WEIGHTS.replace(".safetensors", `${suffix}.safetensors`)}`);
    if (whole !== undefined) return readSafetensors(whole).tensors;
    const path = `${at}${WEIGHTS}.index${suffix}.json`;
    const index = await read(path);
    if (index !== undefined) return readShards(read, at, path, index);
  }
  for (const name of PICKLED)
    if ((await read(`${at}${name}`)) !== undefined)
      throw bad(
        `${at}${name} must be safetensors, a pickle may run code; in Python, save_pretrained(…, safe_serialization=True) writes it`,
        name,
      );
  throw bad(
    `the weights must be ${at}${WEIGHTS}, with or without a variant (${VARIANTS.slice(1).join(", ")}) and shards`,
    "no such file",
  );
}

/** The tensors of every shard that the index names, once each; those of a tensor's own shard alone. */
async function readShards(
  read: ReadFile,
  at: string,
  path: string,
  index: Uint8Array,
): Promise<Record<string, StoredTensor>> {
  const places = weightMap(path, index);
  const tensors: Record<string, StoredTensor> = {};
  for (const shard of new Set(Object.values(places))) {
    // Data, not orders: an index names its neighbours and nothing beyond them.
    if (!/^[\w.-]+\.safetensors$/.test(shard))
      throw bad(`${path} must name safetensors files beside it`, shard);
    const bytes = await read(`${at}${shard}`);
    if (bytes === undefined) throw bad(`the shard ${at}${shard} of ${path} must be there`, "none");
    for (const [name, tensor] of Object.entries(readSafetensors(bytes).tensors)) {
      if (places[name] !== shard)
        throw bad(`${path} must name the tensors of ${shard}`, `"${name}" is in another place`);
      tensors[name] = tensor;
    }
  }
  return tensors;
}

function weightMap(path: string, bytes: Uint8Array): Record<string, string> {
  const rule = `${path} must be JSON with a weight_map of tensors to files`;
  let json: unknown;
  try {
    json = parsePythonJson(new TextDecoder().decode(bytes), path);
  } catch (cause) {
    throw bad(rule, (cause as Error).message);
  }
  const { weight_map: map } = (json ?? {}) as { weight_map?: unknown };
  const names = typeof map === "object" && map !== null ? Object.values(map) : [];
  if (names.length === 0 || names.some((name) => typeof name !== "string")) throw bad(rule, map);
  return map as Record<string, string>;
}

function bad(rule: string, value: unknown): RangeError {
  return invalid("readPipeline", rule, value);
}
