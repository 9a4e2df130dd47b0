import { invalid } from "@symbreak/core";
import type { StoredTensor } from "../formats/safetensors.ts";
import type { Model } from "../model.ts";

/** Weights by name, flat. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** What attention's layers were called before diffusers 0.15, and in google's checkpoints still are. */
const OLD_NAMES: readonly (readonly [string, string])[] = [
  [".query.", ".to_q."],
  [".key.", ".to_k."],
  [".value.", ".to_v."],
  [".proj_attn.", ".to_out.0."],
];

/** A network's weights out of a file's tensors. Every parameter must be there with its shape, and nothing else. */
export function weightsOf(
  model: Model,
  tensors: Readonly<Record<string, StoredTensor>>,
): Record<string, Float32Array> {
  const found = new Map(
    Object.entries(tensors).map(([name, tensor]) => [currentName(name), tensor]),
  );
  const weights = model.parameters.map(({ name, shape }) => {
    const tensor = found.get(name);
    found.delete(name);
    if (tensor === undefined) throw bad(`the file must hold "${name}"`, "nothing of that name");
    if (`${tensor.shape}` !== `${shape}`)
      throw bad(`"${name}" must have the shape [${shape}]`, tensor.shape);
    return [name, tensor.data] as const;
  });
  for (const name of found.keys()) throw bad("the file must hold nothing but the network", name);
  return Object.fromEntries(weights);
}

/** The weights with their shapes, as a file holds them. */
export function tensorsOf(model: Model, weights: Weights): Record<string, StoredTensor> {
  return Object.fromEntries(
    model.parameters.map(({ name, shape }) => {
      const data = weights[name];
      if (data === undefined) throw invalid("tensorsOf", "every parameter needs a value", name);
      return [name, { shape, data }];
    }),
  );
}

function currentName(name: string): string {
  if (!name.includes("attentions.")) return name;
  return OLD_NAMES.reduce((current, [old, now]) => current.replace(old, now), name);
}

function bad(rule: string, value: unknown): RangeError {
  return invalid("weightsOf", rule, value);
}
