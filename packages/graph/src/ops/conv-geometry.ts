import { invalid } from "../invalid.ts";
import type { Shape, Tensor } from "../tensor.ts";

/** Zeros around an image: top, left, bottom, right. */
export type Padding = readonly [top: number, left: number, bottom: number, right: number];

/** What the three convolution operations share. */
export interface ConvAttributes {
  readonly stride: number;
  readonly padding: Padding;
}

/** [n, c, h, w] ∗ [o, c, kh, kw] → [n, o, ⌊(h + top + bottom − kh)/stride⌋ + 1, …]. Throws where that makes no sense. */
export function convShape(
  op: string,
  x: Shape,
  filter: Shape,
  { stride, padding }: ConvAttributes,
): Shape {
  const got = { x, filter, stride, padding };
  if (x.length !== 4 || filter.length !== 4) {
    throw invalid(op, "x must be [n, c, h, w] and the filter [o, c, kh, kw]", got);
  }
  if (x[1] !== filter[1]) throw invalid(op, "the filter must take as many channels as x has", got);
  if (!Number.isInteger(stride) || stride < 1) {
    throw invalid(op, "the stride must be a positive whole number", got);
  }
  const [top, left, bottom, right] = padding;
  const within = (n: number, side: number): boolean => Number.isInteger(n) && n >= 0 && n < side;
  const [kh, kw] = [filter[2]!, filter[3]!];
  if (![top, bottom].every((n) => within(n, kh)) || ![left, right].every((n) => within(n, kw))) {
    throw invalid(op, "the padding must be whole, not negative, and smaller than the filter", got);
  }
  const height = Math.floor((x[2]! + top + bottom - kh) / stride) + 1;
  const width = Math.floor((x[3]! + left + right - kw) / stride) + 1;
  if (height < 1 || width < 1) throw invalid(op, "the filter must fit into the padded image", got);
  return [x[0]!, filter[0]!, height, width];
}

/** Checks that dy is what the convolution of x with the filter would give. */
export function checkConv(
  op: string,
  x: Shape,
  filter: Shape,
  dy: Tensor,
  attributes: ConvAttributes,
): void {
  const y = convShape(op, x, filter, attributes);
  if (y.every((n, axis) => n === dy.shape[axis]) && dy.shape.length === 4) return;
  throw invalid(op, `dy must have the convolution's shape [${y.join(", ")}]`, { x, filter, dy });
}

/** One number for all four sides, or the four. */
export function paddingOf(padding: number | Padding): Padding {
  return typeof padding === "number" ? [padding, padding, padding, padding] : padding;
}
