import { invalid } from "../invalid.ts";
import { constant } from "../leaves.ts";
import { reshape } from "../ops/reshape.ts";
import { sizeOf, type Tensor } from "../tensor.ts";
import { vjp } from "./vjp.ts";

/** The gradient of a scalar loss with respect to each tensor of `wrt`, as graph: reverse mode. */
export function gradients(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (sizeOf(loss.shape) !== 1 || loss.dtype !== "float32") {
    throw invalid("gradients", "the loss must be one float32 number", { loss });
  }
  return vjp([loss], wrt, [reshape(constant(1), loss.shape)]);
}
