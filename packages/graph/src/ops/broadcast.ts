import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import { type Shape, type Signature, sameShape, type Tensor } from "../tensor.ts";
import { axesOf, float } from "./checks.ts";
import { reshape } from "./reshape.ts";

/** NumPy's rule: shapes are aligned at their last axes, and an axis of 1 (or none) stretches. */
export function broadcast(op: string, inputs: Readonly<Record<string, Signature>>): Shape {
  const shapes = Object.values(inputs).map(({ shape }) => shape);
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let size = 1;
    for (const shape of shapes) {
      const n = shape[axis - rank + shape.length] ?? 1;
      if (n !== 1 && size !== 1 && n !== size) {
        throw invalid(op, "axes aligned from the last must be equal or 1", inputs);
      }
      size = Math.max(size, n);
    }
    return size;
  });
}

/** The shape to stretch to. */
interface BroadcastToAttributes {
  readonly shape: Shape;
}

/** x repeated along axes of 1 (or new leading ones) up to `shape`. Elementwise operations broadcast by themselves. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : applyOne(broadcastToOp, [x], { shape });
}

export const broadcastToOp: Operation<"broadcastTo", BroadcastToAttributes> = {
  name: "broadcastTo",
  outputs: ([x], { shape }) => {
    const lead = shape.length - x!.shape.length;
    if (lead < 0 || !x!.shape.every((n, axis) => n === 1 || n === shape[axis + lead])) {
      throw invalid("broadcastTo", "axes aligned from the last must be equal or 1", {
        x,
        to: shape,
      });
    }
    return [{ shape, dtype: x!.dtype }];
  },
  gradient: ({ inputs: [x] }, [dy]) => [sumTo(dy!, x!.shape)],
  lower: ({ inputs: [x], attributes: { shape } }, to) => [
    to.one("Expand", [to.name(x!), to.integers(shape)]),
  ],
};

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

/** Undoes a broadcast: sums `x` over the axes along which `shape` was stretched to x's. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const lead = x.shape.length - shape.length;
  const axes = x.shape.flatMap((n, axis) =>
    n > 1 && (shape[axis - lead] ?? 1) === 1 ? [axis] : [],
  );
  return reshape(axes.length > 0 ? sum(x, axes, true) : x, shape);
}
