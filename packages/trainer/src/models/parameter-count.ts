import { sizeOf } from "@symbreak/graph";
import type { Model } from "../model.ts";

/** The number of weights, fixed ones included. */
export function parameterCount(model: Model): number {
  return model.parameters.reduce((total, { shape }) => total + sizeOf(shape), 0);
}
