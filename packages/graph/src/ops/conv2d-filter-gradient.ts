import { blockedFilterGradient } from "../onnx/blocked.ts";
import { convolution } from "../onnx/convolution.ts";
import { filterGradient } from "../onnx/filter-gradient.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { type ConvAttributes, checkConv } from "./conv-geometry.ts";
import { conv2d } from "./conv2d.ts";
import { conv2dInputGradient } from "./conv2d-input-gradient.ts";
import { float } from "./elementwise.ts";

/** The convolution's attributes, and the height and width of its filter. */
export interface FilterGradientAttributes extends ConvAttributes {
  readonly kernel: readonly [height: number, width: number];
}

/** The cotangent of conv2d's filter: x [n, c, h, w], dy [n, o, h′, w′] → [o, c, ...kernel]. */
export function conv2dFilterGradient(
  x: Tensor,
  dy: Tensor,
  attributes: FilterGradientAttributes,
): Tensor {
  return applyOne(conv2dFilterGradientOp, [x, dy], attributes);
}

export const conv2dFilterGradientOp: Operation<"conv2dFilterGradient", FilterGradientAttributes> = {
  name: "conv2dFilterGradient",
  outputs: ([x, dy], attributes) => {
    const filter = [dy!.shape[1]!, x!.shape[1]!, ...attributes.kernel];
    checkConv(
      "conv2dFilterGradient",
      float("conv2dFilterGradient", x!).shape,
      filter,
      dy!,
      attributes,
    );
    return [{ shape: filter, dtype: "float32" }];
  },
  // Bilinear in x and dy, with ⟨g, this⟩ = ⟨conv2d(x, g), dy⟩.
  gradient: ({ inputs: [x, dy], attributes: { stride, padding } }, [g]) => [
    conv2dInputGradient(dy!, g!, { stride, padding, size: [x!.shape[2]!, x!.shape[3]!] }),
    conv2d(x!, g!, { stride, padding }),
  ],
  lower: ({ inputs: [x, dy], outputs: [df], attributes }, to) => {
    const of = convolution(x!.shape, df!.shape, dy!.shape, attributes);
    const [image, cotangent] = [to.name(x!), to.name(dy!)];
    const blocked = blockedFilterGradient(image, cotangent, of, to);
    return [blocked ?? filterGradient(image, cotangent, of, to)];
  },
};
