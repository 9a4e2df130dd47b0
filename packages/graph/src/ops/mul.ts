import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, pair } from "./elementwise.ts";

/** a · b, elementwise with broadcasting. */
export function mul(a: Operand, b: Operand): Tensor {
  return applyOne(mulOp, pair(a, b), {});
}

export const mulOp: Operation<"mul", NoAttributes> = binary("mul", "Mul", (dy, a, b) => [
  mul(dy, b),
  mul(dy, a),
]);
