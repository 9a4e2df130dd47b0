import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { unary } from "./elementwise.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";

/** The error function, elementwise: 2/√π ∫₀ˣ e^−t² dt. */
export function erf(x: Tensor): Tensor {
  return applyOne(erfOp, [x], {});
}

export const erfOp: Operation<"erf", NoAttributes> = unary("erf", "Erf", (dy, x) =>
  mul(dy, mul(exp(mul(mul(x, x), -1)), 2 / Math.sqrt(Math.PI))),
);
