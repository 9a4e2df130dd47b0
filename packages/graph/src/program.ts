import { invalid } from "./invalid.ts";
import type { InputAttributes } from "./leaves.ts";
import { simplify } from "./simplify.ts";
import type { Node, Tensor } from "./tensor.ts";

/** A graph to be run: what goes in, what comes out, and every node between in an order that can be executed. */
export interface Program {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly nodes: readonly Node[];
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** The program that computes the named outputs: the nodes they need, each once. */
export function program(results: Readonly<Record<string, Tensor>>): Program {
  const outputs = simplify(results, reach(Object.values(results)));
  const nodes = reach(Object.values(outputs));
  const inputs: Record<string, Tensor> = {};
  for (const node of nodes) {
    if (node.op.name !== "input") continue;
    const { name } = node.attributes as InputAttributes;
    if (Object.hasOwn(inputs, name)) {
      throw invalid("program", "two inputs must not share a name", {
        name,
        one: inputs[name],
        other: node.outputs[0],
      });
    }
    inputs[name] = node.outputs[0]!;
  }
  for (const [name, output] of Object.entries(outputs)) {
    if (Object.hasOwn(inputs, name))
      throw invalid("program", "no output may be named like an input", { [name]: output });
  }
  return { inputs, nodes, outputs };
}

/** Every node that the tensors depend on, in topological order. */
export function reach(tensors: readonly Tensor[]): Node[] {
  const seen = new Set<Node>();
  const pending = tensors.map((tensor) => tensor.node);
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const { node: source } of node.inputs) pending.push(source);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
