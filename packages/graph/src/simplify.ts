import type { ConstantAttributes } from "./leaves.ts";
import { apply } from "./operation.ts";
import type { Node, Tensor } from "./tensor.ts";

/**
 * Computes equal things once: the same tensors with every repeated node replaced by its first.
 *
 * Reverse mode repeats small things (the scalars in gradients, a non-linearity that several layers share): a tenth of a
 * U-Net's nodes. Nothing else was found to pay; onnxruntime folds constants by itself.
 */
export function simplify(
  outputs: Readonly<Record<string, Tensor>>,
  nodes: readonly Node[],
): Record<string, Tensor> {
  const replaced = new Map<Tensor, Tensor>();
  const current = (tensor: Tensor): Tensor => replaced.get(tensor) ?? tensor;
  const known = new Map<string, readonly Tensor[]>();
  for (const node of nodes) {
    const inputs = node.inputs.map(current);
    const key = keyOf(node, inputs);
    let results = known.get(key);
    if (!results) {
      const same = inputs.every((tensor, i) => tensor === node.inputs[i]);
      results = same ? node.outputs : apply(node.op, inputs, node.attributes);
      known.set(key, results);
    }
    for (const [i, tensor] of node.outputs.entries()) replaced.set(tensor, results[i]!);
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => [name, current(tensor)]),
  );
}

/** Nodes with the same key compute the same. Inputs are themselves, and so are long constants. */
function keyOf(node: Node, inputs: readonly Tensor[]): string {
  if (node.op.name === "input") return `${node.id}`;
  const sources = inputs.map(({ node: { id }, index }) => [id, index]);
  if (node.op.name !== "constant") return JSON.stringify([node.op.name, sources, node.attributes]);
  const { values, shape, dtype } = node.attributes as ConstantAttributes;
  return values.length > 16 ? `${node.id}` : JSON.stringify([shape, dtype, Array.from(values)]);
}
