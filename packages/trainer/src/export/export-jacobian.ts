import { toOnnx } from "@symbreak/graph";
import type { Pipeline } from "../diffusers/pipeline.ts";
import { type JacobianSide, jacobianProgram } from "./jacobian-program.ts";

/**
 * The Jacobian of a network with its weights as an ONNX file for `batch` samples: `sample`, `timestep` and `vector` →
 * `product`; see {@link jacobianProgram}.
 */
export function exportJacobian(
  { model, weights }: Pipeline,
  side: JacobianSide,
  batch: number,
): Uint8Array {
  const jacobian = jacobianProgram(model, side, batch);
  // What is only added to the output (a mean, a bias of the last layer) has no part in the derivative.
  const used = Object.entries(weights).filter(([name]) => Object.hasOwn(jacobian.inputs, name));
  return toOnnx(jacobian, { weights: Object.fromEntries(used) });
}
