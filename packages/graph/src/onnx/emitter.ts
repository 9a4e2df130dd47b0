import { ONNX_TYPE } from "../ops/cast.ts";
import type { DType, Shape, Tensor } from "../tensor.ts";
import type { Lowering } from "./lowering.ts";
import type { OnnxNode, OnnxTensor } from "./model.ts";

/** A lowering that collects what is emitted. */
export interface Emitter extends Lowering {
  readonly nodes: OnnxNode[];
  readonly initializers: OnnxTensor[];
  /** Says what a graph value is called in ONNX. */
  define(tensor: Tensor, name: string): void;
  /** An unused name. */
  fresh(stem: string): string;
}

/** An empty emitter; `reserved` names are not given to anything else. */
export function emitter(reserved: Iterable<string>, block: number | undefined): Emitter {
  const names = new Map<Tensor, string>();
  const known = new Map<string, readonly string[]>();
  const taken = new Set(reserved);
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];

  const fresh = (stem: string): string => {
    let name = stem;
    for (let i = taken.size; taken.has(name); i++) name = `${stem}.${i}`;
    taken.add(name);
    return name;
  };

  const initializer = (stem: string, type: number, shape: Shape, bytes: Uint8Array): string => {
    const key = bytes.length <= LARGE ? `${type} [${shape}] ${bytes}` : fresh(stem);
    const [before] = known.get(key) ?? [];
    if (before !== undefined) return before;
    const name = fresh(stem);
    known.set(key, [name]);
    initializers.push({ name, type, shape, bytes });
    return name;
  };

  const emit: Lowering["emit"] = (type, inputs, emission = {}) => {
    const { attributes = {}, domain = "", outputs: count = 1 } = emission;
    const key = JSON.stringify([type, domain, inputs, attributes]);
    const before = known.get(key);
    if (before) return before;
    const outputs = Array.from({ length: count }, () => fresh(type));
    nodes.push({ type, domain, inputs, outputs, attributes });
    known.set(key, outputs);
    return outputs;
  };

  const data: Lowering["data"] = ({ shape, dtype }, values) =>
    initializer("constant", ONNX_TYPE[dtype], shape, bytesOf(values, dtype));

  return {
    block,
    nodes,
    initializers,
    fresh,
    define: (tensor, name) => void names.set(tensor, name),
    name: (tensor) => names.get(tensor)!,
    emit,
    one: (type, inputs, attributes = {}, domain = "") =>
      emit(type, inputs, { attributes, domain })[0]!,
    integers: (values) => {
      const wide = BigInt64Array.from(values, BigInt);
      return initializer("integers", INT64, [values.length], new Uint8Array(wide.buffer));
    },
    scalar: (value) => data({ shape: [], dtype: "float32" }, [value]),
    data,
  };
}

const INT64 = 7;
/** Constants of more bytes are not compared with each other. */
const LARGE = 4096;

/** Values as ONNX stores them. Typed arrays are little-endian on every machine that runs JavaScript engines today. */
export function bytesOf(values: ArrayLike<number>, dtype: DType): Uint8Array {
  const array =
    dtype === "float32"
      ? Float32Array.from(values)
      : dtype === "int32"
        ? Int32Array.from(values)
        : Uint8Array.from(values, Number);
  return new Uint8Array(array.buffer);
}
