import { invalid } from "../invalid.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { axisOf } from "./checks.ts";
import { split } from "./pad-slice.ts";

/** The axis along which the inputs are laid end to end. */
interface ConcatAttributes {
  readonly axis: number;
}

/** Tensors laid end to end along an axis; all other axes are equal. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  if (tensors.length === 0)
    throw invalid("concat", "there must be at least one tensor", { tensors: 0 });
  return tensors.length === 1
    ? tensors[0]!
    : applyOne(concatOp, tensors, { axis: axisOf("concat", tensors[0]!, axis) });
}

export const concatOp: Operation<"concat", ConcatAttributes> = {
  name: "concat",
  outputs: (inputs, { axis }) => {
    const { shape, dtype } = inputs[0]!;
    const fits = (x: Tensor): boolean =>
      x.dtype === dtype &&
      x.shape.length === shape.length &&
      x.shape.every((n, i) => i === axis || n === shape[i]);
    if (!inputs.every(fits)) {
      throw invalid(
        "concat",
        `types and all axes but ${axis} must be equal`,
        Object.fromEntries(inputs.entries()),
      );
    }
    const length = inputs.reduce((total, x) => total + x.shape[axis]!, 0);
    return [{ shape: shape.map((n, i) => (i === axis ? length : n)), dtype }];
  },
  gradient: ({ inputs, attributes: { axis } }, [dy]) =>
    split(
      dy!,
      inputs.map((x) => x.shape[axis]!),
      axis,
    ),
  lower: ({ inputs, attributes: { axis } }, to) => [
    to.one("Concat", inputs.map(to.name), { axis }),
  ],
};
