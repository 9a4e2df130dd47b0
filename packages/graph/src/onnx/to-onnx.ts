import { invalid } from "../invalid.ts";
import { ONNX_TYPE } from "../ops/cast.ts";
import type { Program } from "../program.ts";
import { sizeOf, type Tensor } from "../tensor.ts";
import type { BlockSize } from "./block-size.ts";
import { bytesOf, type Emitter, emitter } from "./emitter.ts";
import { toFloat16 } from "./float16.ts";
import { fused } from "./fused.ts";
import { encodeModel, type OnnxModel, type OnnxValue } from "./model.ts";

export interface OnnxOptions {
  /** Values for inputs that are to become part of the file: a trained network's weights. */
  readonly weights?: Readonly<Record<string, ArrayLike<number>>>;
  /** How the weights are stored, float32 by default; float16 is widened when the model is loaded. */
  readonly precision?: "float32" | "float16";
  /** Convolutions in onnxruntime's blocked layout: from `findBlockSize`, on the very runtime that is to run the file. */
  readonly blockSize?: BlockSize;
  /** Operators of onnxruntime's own where they are faster, in a forward program that only onnxruntime is to run. Default false. */
  readonly fused?: boolean | undefined;
}

/** The program as an ONNX file (opset 17). Inputs and outputs keep their names. */
export function toOnnx(program: Program, options: OnnxOptions = {}): Uint8Array {
  const model = lower(program, options);
  return encodeModel(options.fused ? fused(model) : model);
}

/** The program as an ONNX model in plain objects. */
export function lower(
  program: Program,
  { weights = {}, precision, blockSize }: OnnxOptions = {},
): OnnxModel {
  const { inputs, outputs } = program;
  const to = emitter([...Object.keys(inputs), ...Object.keys(outputs)], blockSize?.channels);
  for (const [name, values] of Object.entries(weights))
    bind(to, name, inputs[name], values, precision);
  for (const node of program.nodes) {
    if (node.op.name === "input" && to.name(node.outputs[0]!) !== undefined) continue;
    const names = node.op.lower(node, to);
    for (const [i, tensor] of node.outputs.entries()) to.define(tensor, names[i]!);
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    to.nodes.push({
      type: "Identity",
      domain: "",
      inputs: [to.name(tensor)],
      outputs: [name],
      attributes: {},
    });
  }
  const fed = Object.entries(inputs).filter(([name]) => !Object.hasOwn(weights, name));
  return {
    inputs: fed.map(([name, tensor]) => describe(name, tensor)),
    outputs: Object.entries(outputs).map(([name, tensor]) => describe(name, tensor)),
    initializers: to.initializers,
    nodes: to.nodes,
  };
}

function describe(name: string, { shape, dtype }: Tensor): OnnxValue {
  return { name, dtype, shape };
}

/** Stores a weight. */
function bind(
  to: Emitter,
  name: string,
  tensor: Tensor | undefined,
  values: ArrayLike<number>,
  precision: OnnxOptions["precision"],
): void {
  if (tensor === undefined || sizeOf(tensor.shape) !== values.length) {
    throw invalid("toOnnx", "each weight must be an input's values", {
      [name]: tensor,
      values: values.length,
    });
  }
  const { shape, dtype } = tensor;
  if (precision !== "float16" || dtype !== "float32") {
    to.initializers.push({ name, type: ONNX_TYPE[dtype], shape, bytes: bytesOf(values, dtype) });
    to.define(tensor, name);
    return;
  }
  const half = toFloat16(values);
  to.initializers.push({ name, type: FLOAT16, shape, bytes: new Uint8Array(half.buffer) });
  to.define(tensor, to.one("Cast", [name], { to: 1 }));
}

const FLOAT16 = 10;
