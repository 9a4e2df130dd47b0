import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { binary, type Operand, pair } from "./elementwise.ts";

/** a + b, elementwise with broadcasting. */
export function add(a: Operand, b: Operand): Tensor {
  return applyOne(addOp, pair(a, b), {});
}

export const addOp: Operation<"add", NoAttributes> = binary("add", "Add", (dy) => [dy, dy]);
