import { invalid } from "../invalid.ts";
import { blockedConv, blockedFilterGradient, blockedInputGradient } from "../onnx/blocked.ts";
import { convolution, flipped, mirroredPadding, reach, swapped } from "../onnx/convolution.ts";
import { filterGradient } from "../onnx/filter-gradient.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { sum } from "./broadcast.ts";
import { float } from "./checks.ts";
import { type ConvAttributes, checkConv, convShape } from "./conv-geometry.ts";

export const conv2dOp: Operation<"conv2d", ConvAttributes> = {
  name: "conv2d",
  outputs: ([x, filter, bias], attributes) => {
    const shape = convShape(
      "conv2d",
      float("conv2d", x!).shape,
      float("conv2d", filter!).shape,
      attributes,
    );
    if (bias && (float("conv2d", bias).shape.length !== 1 || bias.shape[0] !== filter!.shape[0])) {
      throw invalid("conv2d", "the bias must be one number for each filter", { filter, bias });
    }
    return [{ shape, dtype: "float32" }];
  },
  gradient: ({ inputs: [x, filter, bias], attributes }, [dy]) => [
    conv2dInputGradient(dy!, filter!, { ...attributes, size: [x!.shape[2]!, x!.shape[3]!] }),
    conv2dFilterGradient(x!, dy!, {
      ...attributes,
      kernel: [filter!.shape[2]!, filter!.shape[3]!],
    }),
    bias && sum(dy!, [0, 2, 3]),
  ],
  lower: ({ inputs, outputs: [y], attributes }, to) => {
    const of = convolution(inputs[0]!.shape, inputs[1]!.shape, y!.shape, attributes);
    const names = inputs.map(to.name);
    const blocked = blockedConv(names[0]!, names[1]!, names[2], of, to);
    const { stride, padding } = attributes;
    return [blocked ?? to.one("Conv", names, { strides: [stride, stride], pads: padding })];
  },
};

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
    applyOne(conv2dOp, [g!, filter!], { stride, padding }),
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
    applyOne(conv2dOp, [x!, g!], { stride, padding }),
  ],
  lower: ({ inputs: [x, dy], outputs: [df], attributes }, to) => {
    const of = convolution(x!.shape, df!.shape, dy!.shape, attributes);
    const [image, cotangent] = [to.name(x!), to.name(dy!)];
    const blocked = blockedFilterGradient(image, cotangent, of, to);
    return [blocked ?? filterGradient(image, cotangent, of, to)];
  },
};
