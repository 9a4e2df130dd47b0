import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** The hyperbolic tangent, elementwise. */
export function tanh(x: Tensor): Tensor {
  return applyOne(tanhOp, [x], {});
}

export const tanhOp: Operation<"tanh", NoAttributes> = unary("tanh", "Tanh", (dy, _, y) =>
  mul(dy, sub(1, mul(y, y))),
);
