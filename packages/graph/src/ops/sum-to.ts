import { type Shape, sameShape, type Tensor } from "../tensor.ts";
import { reshape } from "./reshape.ts";
import { sum } from "./sum.ts";

/** Undoes a broadcast: sums `x` over the axes along which `shape` was stretched to x's. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const lead = x.shape.length - shape.length;
  const axes = x.shape.flatMap((n, axis) =>
    n > 1 && (shape[axis - lead] ?? 1) === 1 ? [axis] : [],
  );
  return reshape(axes.length > 0 ? sum(x, axes, true) : x, shape);
}
