import { invalid } from "../invalid.ts";
import { blockedConv } from "../onnx/blocked.ts";
import { convolution } from "../onnx/convolution.ts";
import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { concat } from "./concat.ts";
import { type ConvAttributes, convShape, type Padding, paddingOf } from "./conv-geometry.ts";
import { conv2dFilterGradient } from "./conv2d-filter-gradient.ts";
import { conv2dInputGradient } from "./conv2d-input-gradient.ts";
import { float } from "./elementwise.ts";
import { split } from "./slice.ts";
import { sum } from "./sum.ts";

export interface Conv2dOptions {
  /** [o], added to each pixel. */
  readonly bias?: Tensor;
  /** Step of the window, 1 by default. */
  readonly stride?: number;
  /** Zeros around the image, 0 by default: one number, or top, left, bottom, right. */
  readonly padding?: number | Padding;
  /** Channels in separate groups, 1 by default; the filter is then [o, c/groups, kh, kw]. */
  readonly groups?: number;
}

/**
 * The convolution (cross-correlation) of images x [n, c, h, w] with a filter [o, c, kh, kw], as PyTorch's conv2d:
 * [n, o, ⌊(h + top + bottom − kh)/stride⌋ + 1, ⌊(w + left + right − kw)/stride⌋ + 1].
 */
export function conv2d(x: Tensor, filter: Tensor, options: Conv2dOptions = {}): Tensor {
  const { bias, stride = 1, padding = 0, groups = 1 } = options;
  if (groups > 1) return grouped(x, filter, { ...options, groups });
  const inputs = bias ? [x, filter, bias] : [x, filter];
  return applyOne(conv2dOp, inputs, { stride, padding: paddingOf(padding) });
}

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

function grouped(x: Tensor, filter: Tensor, options: Conv2dOptions & { groups: number }): Tensor {
  const { bias, groups, ...rest } = options;
  const [channels, filters] = [x.shape[1]!, filter.shape[0]!];
  if (!Number.isInteger(groups) || channels % groups !== 0 || filters % groups !== 0) {
    throw invalid("conv2d", "groups must divide the channels and the filters", {
      x,
      filter,
      groups,
    });
  }
  const cut = (t: Tensor, length: number, axis: number): Tensor[] =>
    split(t, Array<number>(groups).fill(length / groups), axis);
  const biases = bias && cut(bias, filters, 0);
  const filterOf = cut(filter, filters, 0);
  const parts = cut(x, channels, 1).map((part, g) =>
    conv2d(part, filterOf[g]!, { ...rest, groups: 1, ...(biases && { bias: biases[g]! }) }),
  );
  return concat(parts, 1);
}
