import { fromFloat16, toFloat16 } from "@symbreak/core";

/** What we read of a tensor of onnxruntime. */
export interface OnnxTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** Element types that a network's inputs may have. */
export type OnnxType = "float32" | "float16" | "int64" | "int32";

/** `ort.Tensor`. */
export type OnnxTensorConstructor<Tensor extends OnnxTensor> = {
  new (type: "float32", data: Float32Array, dims: readonly number[]): Tensor;
  new (type: "float16", data: Uint16Array, dims: readonly number[]): Tensor;
  new (type: "int64", data: BigInt64Array, dims: readonly number[]): Tensor;
  new (type: "int32", data: Int32Array, dims: readonly number[]): Tensor;
};

/** Numbers as a tensor of an element type; integers are rounded to. */
export function onnxTensor<Tensor extends OnnxTensor>(
  Tensor: OnnxTensorConstructor<Tensor>,
  type: OnnxType,
  values: Float32Array,
  dims: readonly number[],
): Tensor {
  switch (type) {
    case "float32":
      return new Tensor(type, values, dims);
    case "float16":
      return new Tensor(type, toFloat16(values), dims);
    case "int64":
      return new Tensor(
        type,
        BigInt64Array.from(values, (v) => BigInt(Math.round(v))),
        dims,
      );
    case "int32":
      return new Tensor(type, Int32Array.from(values, Math.round), dims);
  }
}

/** A tensor's data as float32, half precision widened; undefined for what are no floats. */
export function floatsOf(data: unknown): Float32Array | undefined {
  if (data instanceof Float32Array) return data;
  if (data instanceof Uint16Array) return fromFloat16(data);
  // Float16Array, where the runtime has it.
  if (ArrayBuffer.isView(data) && data.constructor.name === "Float16Array")
    return Float32Array.from(data as unknown as ArrayLike<number>);
  return undefined;
}
