import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, pair } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** a − b, elementwise with broadcasting. */
export function sub(a: Operand, b: Operand): Tensor {
  return applyOne(subOp, pair(a, b), {});
}

export const subOp: Operation<"sub", NoAttributes> = binary("sub", "Sub", (dy) => [
  dy,
  mul(dy, -1),
]);
