import { applyOne, type Operation } from "../operation.ts";
import type { DType, Tensor } from "../tensor.ts";

/** The type to convert to. */
interface CastAttributes {
  readonly dtype: DType;
}

/** The same values in another type; `true` is 1, and reals are cut towards 0. It stops the gradient, since only float32 has one. */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : applyOne(castOp, [x], { dtype });
}

export const castOp: Operation<"cast", CastAttributes> = {
  name: "cast",
  outputs: ([x], { dtype }) => [{ shape: x!.shape, dtype }],
  lower: ({ inputs: [x], attributes: { dtype } }, to) => [
    to.one("Cast", [to.name(x!)], { to: ONNX_TYPE[dtype] }),
  ],
};

/** ONNX's numbers for element types (TensorProto.DataType). */
export const ONNX_TYPE: Readonly<Record<DType, number>> = { float32: 1, int32: 6, bool: 9 };
