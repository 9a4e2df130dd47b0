import { invalid } from "../invalid.ts";
import type { Tensor } from "../tensor.ts";

/** An axis as 0 … rank − 1; negative ones count from the last. */
export function axisOf(op: string, x: Tensor, axis: number): number {
  const rank = x.shape.length;
  const at = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(at) && at >= 0 && at < rank) return at;
  throw invalid(op, `the axis must lie in [−${rank}, ${rank - 1}]`, { axis, x });
}

/** Several axes, ascending, each once; all of them by default. */
export function axesOf(op: string, x: Tensor, axes?: readonly number[]): number[] {
  const list = axes?.map((axis) => axisOf(op, x, axis)) ?? x.shape.map((_, axis) => axis);
  if (new Set(list).size < list.length) throw invalid(op, "axes must differ", { axes, x });
  return list.sort((a, b) => a - b);
}

/** Checks that a tensor is float32. */
export function float(op: string, x: Tensor): Tensor {
  if (x.dtype !== "float32") throw invalid(op, "x must be float32", { x });
  return x;
}
