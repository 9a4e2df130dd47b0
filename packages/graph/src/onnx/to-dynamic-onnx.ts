import { invalid } from "../invalid.ts";
import type { Program } from "../program.ts";
import { fused } from "./fused.ts";
import {
  encodeModel,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from "./model.ts";
import { lower, type OnnxOptions } from "./to-onnx.ts";

/** Two batch sizes that no layer has by chance. */
const [ONE, OTHER] = [1009, 1013];

/**
 * A forward graph as an ONNX file for batches of any size.
 *
 * Shapes in a graph are fixed, so that the graph is traced at two batch sizes, and whatever differs is the batch: an
 * axis of an input or output gets the name `batch`, an axis in a Reshape becomes −1. Throws where the batch enters the
 * computation in any other way (a mean over it, say).
 */
export function toDynamicOnnx(
  trace: (batch: number) => Program,
  options: Omit<OnnxOptions, "blockSize"> = {},
): Uint8Array {
  const model = merge(lower(trace(ONE), options), lower(trace(OTHER), options));
  return encodeModel(options.fused ? fused(model) : model);
}

function merge(a: OnnxModel, b: OnnxModel): OnnxModel {
  for (const [i, node] of (a.nodes.length < b.nodes.length ? b : a).nodes.entries()) {
    if (JSON.stringify(a.nodes[i]) !== JSON.stringify(b.nodes[i])) throw dependent(node);
  }
  return {
    inputs: a.inputs.map((value, i) => named(value, b.inputs[i]!)),
    outputs: a.outputs.map((value, i) => named(value, b.outputs[i]!)),
    initializers: a.initializers.map((tensor, i) => freed(tensor, b.initializers[i]!, a.nodes)),
    nodes: a.nodes,
  };
}

function dependent(node: OnnxNode): RangeError {
  const rule =
    "the batch may only be an axis of inputs, outputs and reshapes, and enter nothing else";
  return invalid("toDynamicOnnx", rule, { node: node.type, output: node.outputs[0] });
}

/** Names the axes that grow with the batch. */
function named(a: OnnxValue, b: OnnxValue): OnnxValue {
  const shape = a.shape.map((n, axis) => {
    if (n === b.shape[axis]) return n;
    const times = Number(n) / ONE;
    return times === 1 ? "batch" : `${times}*batch`;
  });
  return { ...a, shape };
}

/** Frees the axis of a Reshape that grows with the batch. */
function freed(a: OnnxTensor, b: OnnxTensor, nodes: readonly OnnxNode[]): OnnxTensor {
  if (a.bytes.every((byte, i) => byte === b.bytes[i])) return a;
  const users = nodes.filter((node) => node.inputs.includes(a.name));
  const stranger = users.find((node) => node.type !== "Reshape");
  if (stranger) throw dependent(stranger);
  const [one, other] = [integersOf(a), integersOf(b)];
  const shape = one.map((n, i) => (n === other[i] ? n : -1n));
  if (shape.filter((n) => n === -1n).length > 1) throw dependent(users[0]!);
  return { ...a, bytes: new Uint8Array(BigInt64Array.from(shape).buffer) };
}

function integersOf({ bytes }: OnnxTensor): bigint[] {
  return [...new BigInt64Array(bytes.slice().buffer)];
}
