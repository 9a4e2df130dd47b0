import { invalid } from "../invalid.ts";
import { constant } from "../leaves.ts";
import { add } from "../ops/add.ts";
import { broadcastTo } from "../ops/broadcast.ts";
import { reach } from "../program.ts";
import { sameShape, type Tensor } from "../tensor.ts";

/**
 * Vector–Jacobian products by reverse mode: Σ cotangentᵀ · ∂output/∂wrt for each tensor of `wrt`, as graph.
 *
 * `wrt` may hold any tensors, not only inputs; where the outputs do not depend on one, its product is zero. The
 * result is made of the same operations, and can be differentiated again.
 */
export function vjp(
  outputs: readonly Tensor[],
  wrt: readonly Tensor[],
  cotangents: readonly Tensor[],
): Tensor[] {
  for (const x of wrt) {
    if (x.dtype !== "float32")
      throw invalid("vjp", "only float32 tensors have a derivative", { x });
  }
  const total = new Map<Tensor, Tensor>();
  const accumulate = (tensor: Tensor, by: Tensor): void => {
    const before = total.get(tensor);
    total.set(tensor, before ? add(before, by) : by);
  };
  outputs.forEach((output, i) => {
    const cotangent = cotangents[i];
    if (!cotangent || !sameShape(cotangent.shape, output.shape)) {
      throw invalid("vjp", "each output needs a cotangent of its shape", { output, cotangent });
    }
    accumulate(output, cotangent);
  });

  const nodes = reach(outputs);
  const active = new Set<Tensor>(wrt);
  for (const node of nodes) {
    if (node.op.gradient && node.inputs.some((tensor) => active.has(tensor))) {
      for (const tensor of node.outputs) active.add(tensor);
    }
  }
  for (const node of nodes.reverse()) {
    if (!node.inputs.some((tensor) => active.has(tensor))) continue;
    const flowing = node.outputs.map((tensor) => total.get(tensor));
    if (!node.op.gradient || flowing.every((cotangent) => cotangent === undefined)) continue;
    const results = node.op.gradient(node, flowing);
    node.inputs.forEach((tensor, i) => {
      const by = results[i];
      if (by && active.has(tensor)) accumulate(tensor, by);
    });
  }
  return wrt.map((tensor) => total.get(tensor) ?? broadcastTo(constant(0), tensor.shape));
}
