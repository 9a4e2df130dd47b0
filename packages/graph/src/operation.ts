import type { Lowering } from "./onnx/lowering.ts";
import type { Node, Signature, Tensor } from "./tensor.ts";

/** For operations without attributes. */
export type NoAttributes = Readonly<Record<never, never>>;

/** A differentiable operation: its shape rule, its gradient and its ONNX lowering. */
export interface Operation<Name extends string = string, Attributes = unknown> {
  readonly name: Name;
  /** The shape rule: what comes out. Throws when the inputs break the rule. */
  outputs(inputs: readonly Tensor[], attributes: Attributes): readonly Signature[];
  /**
   * The cotangent of each input, as graph, from the cotangent of each output (`undefined` where none flows).
   * An operation without a gradient stops it.
   */
  gradient?(
    node: Node<Attributes>,
    cotangents: readonly (Tensor | undefined)[],
  ): readonly (Tensor | undefined)[];
  /** Emits ONNX nodes; the ONNX name of each output. */
  lower(node: Node<Attributes>, to: Lowering): readonly string[];
}

let created = 0;

/** Applies an operation: checks its shape rule, and returns its outputs. */
export function apply<Attributes>(
  op: Operation<string, Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): readonly Tensor[] {
  const outputs: Tensor[] = [];
  const node: Node<Attributes> = { id: created++, op, attributes, inputs, outputs };
  for (const { shape, dtype } of op.outputs(inputs, attributes)) {
    outputs.push({ shape, dtype, node: node as Node, index: outputs.length });
  }
  return outputs;
}

/** Applies an operation with one output. */
export function applyOne<Attributes>(
  op: Operation<string, Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  return apply(op, inputs, attributes)[0]!;
}
