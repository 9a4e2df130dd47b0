import { invalid } from "../invalid.ts";
import { applyOne } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { concat } from "./concat.ts";
import { type Padding, paddingOf } from "./conv-geometry.ts";
import { conv2dOp } from "./convolutions.ts";
import { split } from "./pad-slice.ts";

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
