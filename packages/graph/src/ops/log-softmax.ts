import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { sum } from "./broadcast.ts";
import { axisOf, float } from "./checks.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import type { SoftmaxAttributes } from "./softmax.ts";
import { sub } from "./sub.ts";

/** x − ln Σ e^x along an axis, the last by default. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return applyOne(logSoftmaxOp, [x], { axis: axisOf("logSoftmax", x, axis) });
}

export const logSoftmaxOp: Operation<"logSoftmax", SoftmaxAttributes> = {
  name: "logSoftmax",
  outputs: ([x]) => [{ shape: float("logSoftmax", x!).shape, dtype: "float32" }],
  gradient: ({ outputs: [y], attributes: { axis } }, [dy]) => [
    sub(dy!, mul(exp(y!), sum(dy!, [axis], true))),
  ],
  lower: ({ inputs: [x], attributes: { axis } }, to) => [
    to.one("LogSoftmax", [to.name(x!)], { axis }),
  ],
};
