import type { Shape, Tensor } from "@symbreak/graph";
import type { Model, Parameters } from "../model.ts";

/** A network from samples to class logits, with a layer of features before them. */
export interface Classifier<Config = unknown> extends Model<Config> {
  /** Of one sample's features, `[size]`: what Fréchet distances can be taken of. */
  readonly featureShape: Shape;
  /** [n, ...featureShape]; the logits are one linear layer on top. */
  features(parameters: Parameters, x: Tensor, timestep: Tensor): Tensor;
}

/** Whether a network gives class logits and features, rather than images. */
export function isClassifier(model: Model): model is Classifier {
  return "features" in model;
}
