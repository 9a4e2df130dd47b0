import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { cos } from "./cos.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** The sine, elementwise. */
export function sin(x: Tensor): Tensor {
  return applyOne(sinOp, [x], {});
}

export const sinOp: Operation<"sin", NoAttributes> = unary("sin", "Sin", (dy, x) =>
  mul(dy, cos(x)),
);
