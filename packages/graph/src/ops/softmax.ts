import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { sum } from "./broadcast.ts";
import { axisOf, float } from "./checks.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** The axis that is normalised. */
export interface SoftmaxAttributes {
  readonly axis: number;
}

/** e^x / Σ e^x along an axis, the last by default. */
export function softmax(x: Tensor, axis = -1): Tensor {
  return applyOne(softmaxOp, [x], { axis: axisOf("softmax", x, axis) });
}

export const softmaxOp: Operation<"softmax", SoftmaxAttributes> = {
  name: "softmax",
  outputs: ([x]) => [{ shape: float("softmax", x!).shape, dtype: "float32" }],
  gradient: ({ outputs: [y], attributes: { axis } }, [dy]) => [
    mul(y!, sub(dy!, sum(mul(dy!, y!), [axis], true))),
  ],
  lower: ({ inputs: [x], attributes: { axis } }, to) => [
    to.one("Softmax", [to.name(x!)], { axis }),
  ],
};
