import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { div } from "./div.ts";
import { unary } from "./elementwise.ts";

/** The natural logarithm, elementwise. */
export function log(x: Tensor): Tensor {
  return applyOne(logOp, [x], {});
}

export const logOp: Operation<"log", NoAttributes> = unary("log", "Log", (dy, x) => div(dy, x));
