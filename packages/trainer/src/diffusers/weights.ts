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

/**
 * A network's weights out of a file's tensors. Every parameter must be there with its shape, and nothing else; all names may
 * have one prefix, such as the "module." of data-parallel training.
 */
export function weightsOf(
  model: Model,
  tensors: Readonly<Record<string, StoredTensor>>,
): Record<string, Float32Array> {
  const prefix = prefixOf(Object.keys(tensors), model.parameters[0]?.name ?? "");
  const found = new Map(
    Object.entries(tensors).map(([name, tensor]) => [
      currentName(name.slice(prefix.length)),
      tensor,
    ]),
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

/** What stands before the network's own name in every name, up to a dot. */
function prefixOf(names: readonly string[], parameter: string): string {
  const longer = names.find((name) => name.endsWith(`.${parameter}`));
  if (longer === undefined || names.includes(parameter)) return "";
  const prefix = longer.slice(0, -parameter.length);
  return names.every((name) => name.startsWith(prefix)) ? prefix : "";
}

function currentName(name: string): string {
  if (!name.includes("attentions.")) return name;
  return OLD_NAMES.reduce((current, [old, now]) => current.replace(old, now), name);
}

function bad(rule: string, value: unknown): RangeError {
  return invalid("weightsOf", rule, value);
}
