import { invalid } from "@symbreak/core";
import type { Pipeline } from "../diffusers/pipeline.ts";
import { type ConfigFile, configOf } from "./config-file.ts";
import { modelFromConfig } from "./model-from-config.ts";

const TABLE = "class_embedding.weight";
const BIAS = "time_embedding.linear_2.bias";

/**
 * A conditional network held at one label as a network without classes, exactly: the label's embedding is added to the
 * time's, so that it can stand in the bias before it. At the label that stands for none this is the unconditional
 * network within one that was trained with dropped labels.
 *
 * @throws RangeError for a network that does not embed its classes by a table, and for labels that it does not have
 */
export function fixedClass({ model, weights, scheduler }: Pipeline, label: number): Pipeline {
  const { [TABLE]: table, ...others } = weights;
  const bias = others[BIAS];
  if (table === undefined || bias === undefined)
    throw invalid("fixedClass", `the network must have ${TABLE} and ${BIAS}`, model.className);
  if (!(Number.isInteger(label) && label >= 0 && label < model.labels!))
    throw invalid("fixedClass", `label must be one of 0 … ${model.labels! - 1}`, label);
  const own = bias.map((b, i) => b + table[label * bias.length + i]!);
  return {
    model: modelFromConfig(withoutClasses(configOf(model))),
    weights: { ...others, [BIAS]: own },
    ...(scheduler && { scheduler }),
  };
}

/** Networks may stand inside others. */
function withoutClasses(config: ConfigFile): ConfigFile {
  const entries = Object.entries(config).map(([key, value]) => {
    if (key === "num_class_embeds") return [key, null];
    return [key, key === "network" ? withoutClasses(value as ConfigFile) : value];
  });
  return Object.fromEntries(entries);
}
