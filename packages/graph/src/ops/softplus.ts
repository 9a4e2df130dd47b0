import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";

/** ln(1 + e^x), elementwise; −softplus(−x) is ln(sigmoid(x)). */
export function softplus(x: Tensor): Tensor {
  return applyOne(softplusOp, [x], {});
}

export const softplusOp: Operation<"softplus", NoAttributes> = unary(
  "softplus",
  "Softplus",
  (dy, x) => mul(dy, sigmoid(x)),
);
