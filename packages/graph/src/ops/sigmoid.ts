import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** 1/(1 + e^−x), elementwise. */
export function sigmoid(x: Tensor): Tensor {
  return applyOne(sigmoidOp, [x], {});
}

export const sigmoidOp: Operation<"sigmoid", NoAttributes> = unary(
  "sigmoid",
  "Sigmoid",
  (dy, _, y) => mul(dy, mul(y, sub(1, y))),
);
