import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";

/** Axis i of the result is axis `order[i]` of x. */
interface TransposeAttributes {
  readonly order: readonly number[];
}

/** x with its axes in another order: axis i of the result is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  return order.every((axis, i) => axis === i) && order.length === x.shape.length
    ? x
    : applyOne(transposeOp, [x], { order });
}

export const transposeOp: Operation<"transpose", TransposeAttributes> = {
  name: "transpose",
  outputs: ([x], { order }) => {
    const { shape, dtype } = x!;
    if (order.length !== shape.length || !shape.every((_, axis) => order.includes(axis))) {
      throw invalid("transpose", "the order must name every axis once", { x, order });
    }
    return [{ shape: order.map((axis) => shape[axis]!), dtype }];
  },
  gradient: ({ attributes: { order } }, [dy]) => [
    transpose(
      dy!,
      order.map((_, axis) => order.indexOf(axis)),
    ),
  ],
  lower: ({ inputs: [x], attributes: { order } }, to) => [
    to.one("Transpose", [to.name(x!)], { perm: order }),
  ],
};
