import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { greater } from "./compare.ts";
import { unary } from "./elementwise.ts";
import { where } from "./where.ts";

/** max(x, 0), elementwise; the derivative at 0 is 0. */
export function relu(x: Tensor): Tensor {
  return applyOne(reluOp, [x], {});
}

export const reluOp: Operation<"relu", NoAttributes> = unary("relu", "Relu", (dy, x) =>
  where(greater(x, 0), dy, 0),
);
