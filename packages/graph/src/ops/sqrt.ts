import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { div } from "./div.ts";
import { unary } from "./elementwise.ts";
import { mul } from "./mul.ts";

/** The square root, elementwise. */
export function sqrt(x: Tensor): Tensor {
  return applyOne(sqrtOp, [x], {});
}

export const sqrtOp: Operation<"sqrt", NoAttributes> = unary("sqrt", "Sqrt", (dy, _, y) =>
  div(mul(dy, 0.5), y),
);
