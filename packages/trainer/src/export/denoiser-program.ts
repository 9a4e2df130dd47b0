import { input, type Program, program } from "@symbreak/graph";
import type { Model } from "../model.ts";
import { isClassifier } from "../models/classifier.ts";

/**
 * A network as a program for `batch` samples: inputs are the parameters by name, `sample` [batch, ...shape], and as far
 * as it looks at them `timestep` [batch] and with classes `class_labels` (int32 [batch], diffusers' name); the output is
 * `output`, of a classifier the logits, beside `features`.
 */
export function denoiserProgram(model: Model, batch: number): Program {
  const parameters = Object.fromEntries(
    model.parameters.map(({ name, shape }) => [name, input(name, shape)]),
  );
  const sample = input("sample", [batch, ...model.shape]);
  const timestep = input("timestep", [batch]);
  const extras =
    model.labels === undefined ? {} : { labels: input("class_labels", [batch], "int32") };
  const output = model.apply(parameters, sample, timestep, extras);
  if (!isClassifier(model)) return program({ output });
  return program({ output, features: model.features(parameters, sample, timestep) });
}
