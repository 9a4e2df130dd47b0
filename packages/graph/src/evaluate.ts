import { invalid } from "./invalid.ts";
import type { Operation } from "./operation.ts";
import type * as operations from "./ops/registry.ts";
import type { Program } from "./program.ts";
import type { Node, Tensor } from "./tensor.ts";

type Operations = typeof operations;
type AttributesOf<Op> = Op extends Operation<string, infer Attributes> ? Attributes : never;

/** The name of an operation. */
export type OpName = keyof Operations;

/**
 * Computes a node's outputs from its inputs' values. Shapes and types stand on `node.inputs` and `node.outputs`. Where
 * values are released, each result must be a handle of its own, even if it is an input unchanged.
 */
export type Kernel<Value, Attributes> = (
  inputs: readonly Value[],
  attributes: Attributes,
  node: Node,
) => readonly Value[];

/** One kernel for each operation: all that it takes to run graphs on another tensor library. */
export type Kernels<Value> = {
  readonly [Name in Exclude<OpName, "input">]: Kernel<Value, AttributesOf<Operations[Name]>>;
};

/**
 * Runs a program node by node.
 *
 * `release` is called with each value as soon as nothing needs it any more (never with inputs or outputs), for
 * libraries that do not collect garbage.
 */
export function evaluate<Value>(
  program: Program,
  kernels: Kernels<Value>,
  inputs: Readonly<Record<string, Value>>,
  release: (value: Value) => void = () => {},
): Record<string, Value> {
  const values = new Map<Tensor, Value>();
  for (const [name, tensor] of Object.entries(program.inputs)) {
    const value = inputs[name];
    if (value === undefined)
      throw invalid("evaluate", "every input needs a value", { [name]: tensor });
    values.set(tensor, value);
  }
  const lastUse = lastUses(program);
  for (const node of program.nodes) {
    if (node.op.name === "input") continue;
    const kernel = kernels[node.op.name as Exclude<OpName, "input">] as Kernel<Value, unknown>;
    const operands = node.inputs.map((tensor) => values.get(tensor)!);
    const results = kernel(operands, node.attributes, node);
    for (const [i, tensor] of node.outputs.entries()) values.set(tensor, results[i]!);
    for (const tensor of lastUse.get(node) ?? []) {
      release(values.get(tensor)!);
      values.delete(tensor);
    }
  }
  return Object.fromEntries(
    Object.entries(program.outputs).map(([name, tensor]) => [name, values.get(tensor)!]),
  );
}

/** For each node, the values that nothing needs once it has run. */
function lastUses(program: Program): Map<Node, Tensor[]> {
  const last = new Map<Tensor, Node>();
  for (const node of program.nodes) {
    for (const tensor of [...node.outputs, ...node.inputs]) last.set(tensor, node);
  }
  for (const tensor of Object.values(program.outputs)) last.delete(tensor);
  for (const tensor of Object.values(program.inputs)) last.delete(tensor);
  const uses = new Map<Node, Tensor[]>();
  for (const [tensor, node] of last) uses.set(node, [...(uses.get(node) ?? []), tensor]);
  return uses;
}
