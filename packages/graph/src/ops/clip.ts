import type { Tensor } from "../tensor.ts";
import type { Operand } from "./elementwise.ts";
import { maximum } from "./maximum.ts";
import { minimum } from "./minimum.ts";

/** x held within [low, high], elementwise. */
export function clip(x: Tensor, low: Operand, high: Operand): Tensor {
  return minimum(maximum(x, low), high);
}
