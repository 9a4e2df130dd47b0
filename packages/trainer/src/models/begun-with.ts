import { invalid } from "@symbreak/core";
import { sizeOf } from "@symbreak/graph";
import type { Weights } from "../diffusers/weights.ts";
import { constantly } from "../initialiser.ts";
import type { Model, ParameterSpec } from "../model.ts";

/** The table of classes. Begins at zero in a network that had none, so that every class is at first what the network was without. */
export const CLASSES = "class_embedding.weight";

/**
 * The network with the weights of a trained one to begin with. Parameters that the trained one does not have begin as
 * they would, embeddings of classes at zero: where further blocks begin as nothing, as those of a `SmallUNet` with more
 * `layersPerBlock`, the whole computes at first what the trained network does.
 *
 * @throws RangeError naming a weight that the network has no place for, or that has another size there
 */
export function begunWith(model: Model, weights: Weights): Model {
  const known = new Map(model.parameters.map((spec) => [spec.name, spec]));
  for (const [name, values] of Object.entries(weights)) {
    const spec = known.get(name);
    if (spec === undefined)
      throw invalid("begunWith", "the network must have a place for every weight", name);
    if (sizeOf(spec.shape) !== values.length)
      throw invalid("begunWith", `"${name}" must have ${sizeOf(spec.shape)} values`, values.length);
  }
  const parameters = model.parameters.map((spec): ParameterSpec => {
    const values = weights[spec.name];
    if (values !== undefined) return { ...spec, init: () => values.slice() };
    return spec.name === CLASSES ? { ...spec, init: constantly(0) } : spec;
  });
  return { ...model, parameters };
}
