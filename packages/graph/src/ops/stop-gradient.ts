import { applyOne, type NoAttributes, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";

/** The same value, through which no gradient flows. */
export function stopGradient(x: Tensor): Tensor {
  return applyOne(stopGradientOp, [x], {});
}

export const stopGradientOp: Operation<"stopGradient", NoAttributes> = {
  name: "stopGradient",
  outputs: ([x]) => [x!],
  lower: ({ inputs: [x] }, to) => [to.name(x!)],
};
