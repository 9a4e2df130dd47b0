import { invalid } from "../invalid.ts";
import { input } from "../leaves.ts";
import { sameShape, type Tensor } from "../tensor.ts";
import { vjp } from "./vjp.ts";

/**
 * Jacobian–vector products: Σ ∂output/∂wrt · tangent for each output, as graph.
 *
 * A vector–Jacobian product is linear in its cotangent, so that its own vector–Jacobian product with respect to the
 * cotangent is the Jacobian–vector product (Townsend 2017). The cotangent cancels: the stand-in for it never remains.
 */
export function jvp(
  outputs: readonly Tensor[],
  wrt: readonly Tensor[],
  tangents: readonly Tensor[],
): Tensor[] {
  wrt.forEach((x, i) => {
    const tangent = tangents[i];
    if (!tangent || !sameShape(tangent.shape, x.shape)) {
      throw invalid("jvp", "each input needs a tangent of its shape", { x, tangent });
    }
  });
  const standIns = outputs.map(({ shape }, i) => input(`jvp cotangent ${i}`, shape));
  return vjp(vjp(outputs, wrt, standIns), standIns, tangents);
}
