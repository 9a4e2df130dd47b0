import { sizeOf, type Tensor } from "../tensor.ts";
import { sum } from "./broadcast.ts";
import { mul } from "./mul.ts";

/** The mean over some axes, all of them by default. */
export function mean(x: Tensor, axes?: readonly number[], keepDims = false): Tensor {
  const total = sum(x, axes, keepDims);
  return mul(total, sizeOf(total.shape) / sizeOf(x.shape));
}
