import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** e^x, elementwise. */
export function exp(x: Tensor): Tensor {
  return applyOne(expOp, [x], {});
}

export const expOp: Operation<"exp", NoAttributes> = unary("exp", "Exp", (dy, _, y) => mul(dy, y));
