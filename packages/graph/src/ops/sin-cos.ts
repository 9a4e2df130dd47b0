import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** The sine, elementwise. */
export function sin(x: Tensor): Tensor {
  return applyOne(sinOp, [x], {});
}

export const sinOp: Operation<"sin", NoAttributes> = unary("sin", "Sin", (dy, x) =>
  mul(dy, cos(x)),
);

/** The cosine, elementwise. */
export function cos(x: Tensor): Tensor {
  return applyOne(cosOp, [x], {});
}

export const cosOp: Operation<"cos", NoAttributes> = unary("cos", "Cos", (dy, x) =>
  mul(dy, mul(sin(x), -1)),
);
