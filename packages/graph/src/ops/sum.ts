import { applyOne, type Operation } from "../operation.ts";
import { type Shape, sizeOf, type Tensor } from "../tensor.ts";
import { axesOf } from "./axes.ts";
import { broadcastTo } from "./broadcast-to.ts";
import { float } from "./elementwise.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";

/** The axes to sum over, ascending; with `keepDims` they stay, with size 1. */
interface SumAttributes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** The sum over some axes, all of them by default. */
export function sum(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  const over = axesOf("sum", x, axes);
  return over.length === 0 ? x : applyOne(sumOp, [x], { axes: over, keepDims });
}

/** The mean over some axes, all of them by default. */
export function mean(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  const total = sum(x, axes, keepDims);
  return mul(total, sizeOf(total.shape) / sizeOf(x.shape));
}

export const sumOp: Operation<"sum", SumAttributes> = {
  name: "sum",
  outputs: ([x], { axes, keepDims }) => {
    const kept = collapsed(float("sum", x!).shape, axes);
    return [
      { shape: keepDims ? kept : kept.filter((_, i) => !axes.includes(i)), dtype: "float32" },
    ];
  },
  gradient: ({ inputs: [x], attributes: { axes } }, [dy]) => [
    broadcastTo(reshape(dy!, collapsed(x!.shape, axes)), x!.shape),
  ],
  lower: ({ inputs: [x], attributes: { axes, keepDims } }, to) => [
    to.one("ReduceSum", [to.name(x!), to.integers(axes)], { keepdims: Number(keepDims) }),
  ],
};

function collapsed(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
}
