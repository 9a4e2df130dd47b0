import { blockedInputGradient } from "../onnx/blocked.ts";
import { convolution, flipped, mirroredPadding, reach, swapped } from "../onnx/convolution.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { type ConvAttributes, checkConv } from "./conv-geometry.ts";
import { conv2d } from "./conv2d.ts";
import { conv2dFilterGradient } from "./conv2d-filter-gradient.ts";
import { float } from "./elementwise.ts";

/** The convolution's attributes, and the height and width of its input. */
export interface InputGradientAttributes extends ConvAttributes {
  readonly size: readonly [height: number, width: number];
}

/**
 * The cotangent of conv2d's x: dy [n, o, h′, w′], filter [o, c, kh, kw] → [n, c, ...size].
 * The same thing is called transposed convolution.
 */
export function conv2dInputGradient(
  dy: Tensor,
  filter: Tensor,
  attributes: InputGradientAttributes,
): Tensor {
  return applyOne(conv2dInputGradientOp, [dy, filter], attributes);
}

export const conv2dInputGradientOp: Operation<"conv2dInputGradient", InputGradientAttributes> = {
  name: "conv2dInputGradient",
  outputs: ([dy, filter], attributes) => {
    const x = [float("conv2dInputGradient", dy!).shape[0]!, filter!.shape[1]!, ...attributes.size];
    checkConv(
      "conv2dInputGradient",
      x,
      float("conv2dInputGradient", filter!).shape,
      dy!,
      attributes,
    );
    return [{ shape: x, dtype: "float32" }];
  },
  // Bilinear in dy and the filter, with ⟨g, this⟩ = ⟨conv2d(g, filter), dy⟩.
  gradient: ({ inputs: [dy, filter], attributes: { stride, padding } }, [g]) => [
    conv2d(g!, filter!, { stride, padding }),
    conv2dFilterGradient(g!, dy!, {
      stride,
      padding,
      kernel: [filter!.shape[2]!, filter!.shape[3]!],
    }),
  ],
  // At stride 1 the convolution of dy with the flipped filter, which is faster than ConvTranspose.
  lower: ({ inputs: [dy, filter], outputs: [dx], attributes }, to) => {
    const of = convolution(dx!.shape, filter!.shape, dy!.shape, attributes);
    const [cotangent, weights] = [to.name(dy!), to.name(filter!)];
    const blocked = blockedInputGradient(cotangent, weights, of, to);
    if (blocked !== undefined) return [blocked];
    if (of.stride === 1) {
      const pads = mirroredPadding(of);
      return [to.one("Conv", [cotangent, flipped(swapped(weights, to), to)], { pads })];
    }
    const [bottom, right] = reach(of);
    const rest = [of.padding[2] - bottom, of.padding[3] - right];
    const strides = [of.stride, of.stride];
    return [
      to.one("ConvTranspose", [cotangent, weights], {
        strides,
        pads: of.padding,
        output_padding: rest,
      }),
    ];
  },
};
