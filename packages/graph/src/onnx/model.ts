import { ONNX_TYPE } from "../ops/cast.ts";
import type { DType, Shape } from "../tensor.ts";
import type { Attribute } from "./lowering.ts";
import { type Message, message } from "./protobuf.ts";

/** An ONNX model before it is written: a subset of onnx.proto in plain objects. */
export interface OnnxModel {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}

/** An input or an output; a `string` for an axis is a name for any size. */
export interface OnnxValue {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly (number | string)[];
}

export interface OnnxTensor {
  readonly name: string;
  /** TensorProto.DataType. */
  readonly type: number;
  readonly shape: Shape;
  /** Little-endian. */
  readonly bytes: Uint8Array;
}

export interface OnnxNode {
  readonly type: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** LayerNormalization came with 17; nothing newer is needed, and older runtimes stay welcome. */
const OPSET = 17;
/** The IR version that goes with opset 17. */
const IR_VERSION = 8;

/** The file. Field numbers are those of onnx.proto3. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const graph = message().bytes(2, "symbreak");
  for (const node of model.nodes) graph.bytes(1, encodeNode(node));
  for (const tensor of model.initializers) graph.bytes(5, encodeTensor(tensor));
  for (const value of model.inputs) graph.bytes(11, encodeValue(value));
  for (const value of model.outputs) graph.bytes(12, encodeValue(value));

  const file = message().integer(1, IR_VERSION).bytes(2, "symbreak").bytes(7, graph);
  const domains = new Set(model.nodes.map((node) => node.domain).filter((domain) => domain !== ""));
  file.bytes(8, message().bytes(1, "").integer(2, OPSET));
  for (const domain of domains) file.bytes(8, message().bytes(1, domain).integer(2, 1));
  return file.encode();
}

function encodeNode({ type, domain, inputs, outputs, attributes }: OnnxNode): Message {
  const node = message();
  for (const name of inputs) node.bytes(1, name);
  for (const name of outputs) node.bytes(2, name);
  node.bytes(3, outputs.find((name) => name !== "") ?? type).bytes(4, type);
  for (const [name, value] of Object.entries(attributes))
    node.bytes(5, encodeAttribute(name, value));
  return domain === "" ? node : node.bytes(7, domain);
}

function encodeAttribute(name: string, value: Attribute): Message {
  const attribute = message().bytes(1, name);
  if (typeof value === "number") return attribute.integer(3, value).integer(20, 2);
  if (typeof value === "string") return attribute.bytes(4, value).integer(20, 3);
  if ("float" in value) return attribute.float(2, value.float).integer(20, 1);
  return attribute.integers(8, value).integer(20, 7);
}

function encodeTensor({ name, type, shape, bytes }: OnnxTensor): Message {
  return message().integers(1, shape).integer(2, type).bytes(8, name).bytes(9, bytes);
}

function encodeValue({ name, dtype, shape }: OnnxValue): Message {
  const dims = message();
  for (const n of shape) {
    dims.bytes(1, typeof n === "string" ? message().bytes(2, n) : message().integer(1, n));
  }
  const tensor = message().integer(1, ONNX_TYPE[dtype]).bytes(2, dims);
  return message().bytes(1, name).bytes(2, message().bytes(1, tensor));
}
