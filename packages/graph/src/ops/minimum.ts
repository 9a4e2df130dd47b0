import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, pair } from "./elementwise.ts";
import { shares } from "./maximum.ts";

/** The smaller of a and b, elementwise with broadcasting. Where they are equal the gradient goes half to each. */
export function minimum(a: Operand, b: Operand): Tensor {
  return applyOne(minimumOp, pair(a, b), {});
}

export const minimumOp: Operation<"minimum", NoAttributes> = binary("minimum", "Min", (dy, a, b) =>
  shares(dy, b, a),
);
