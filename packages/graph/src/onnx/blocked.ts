import {
  type Convolution,
  mirroredPadding,
  padded,
  reach,
  reshaped,
  swapped,
} from "./convolution.ts";
import type { Lowering } from "./lowering.ts";

/**
 * Convolutions in onnxruntime's blocked layout (NCHWc): channels in blocks of 8 or 16, innermost.
 *
 * onnxruntime's CPU provider uses it by itself where filters are constant; in training they are not, so that its
 * operators are emitted explicitly and the filter is put in order at run time. A wrong block size does not fail, it
 * gives wrong numbers: only `findBlockSize` may turn this on.
 */
const DOMAIN = "com.microsoft.nchwc";

/** conv2d, or `undefined` where the channels do not fill whole blocks. Fewer input channels than a block stay unblocked. */
export function blockedConv(
  x: string,
  filter: string,
  bias: string | undefined,
  of: Convolution,
  to: Lowering,
): string | undefined {
  const { n: _, c, o, kh, kw, stride, padding } = of;
  const b = to.block;
  if (b === undefined || o % b !== 0 || (c % b !== 0 && c > b)) return undefined;
  const image = c % b === 0 ? blocks(x, to) : x;
  const ordered =
    c % b === 0
      ? blockedFilter(filter, [o, c, kh, kw], to)
      : outerBlocks(filter, [o, c, kh, kw], to);
  const inputs = bias === undefined ? [image, ordered] : [image, ordered, bias];
  const y = to.one("Conv", inputs, { strides: [stride, stride], pads: padding }, DOMAIN);
  return unblocked(y, o, to);
}

/** conv2d's input gradient at stride 1, a convolution with the flipped filter; `undefined` where blocks do not fit. */
export function blockedInputGradient(
  dy: string,
  filter: string,
  of: Convolution,
  to: Lowering,
): string | undefined {
  const { c, o, kh, kw, stride } = of;
  const b = to.block;
  const pads = mirroredPadding(of);
  if (b === undefined || o % b !== 0 || c % b !== 0 || stride !== 1) return undefined;
  const turned = blockedFilter(swapped(filter, to), [c, o, kh, kw], to);
  const taps = reshaped(turned, [c / b, o / b, kh * kw, b * b], to);
  const backwards = to.integers(Array.from({ length: kh * kw }, (_, i) => kh * kw - 1 - i));
  const ordered = reshaped(to.one("Gather", [taps, backwards], { axis: 2 }), [c, o, kh, kw], to);
  return unblocked(to.one("Conv", [blocks(dy, to), ordered], { pads }, DOMAIN), c, to);
}

/**
 * conv2d's filter gradient, a convolution with batch and channels swapped, whose filter is dy and whose dilation is the
 * stride; `undefined` where the batch or the filters do not fill whole blocks.
 */
export function blockedFilterGradient(
  x: string,
  dy: string,
  of: Convolution,
  to: Lowering,
): string | undefined {
  const { n, c, h, w, o, oh, ow, stride } = of;
  const b = to.block;
  const [bottom, right] = reach(of);
  if (b === undefined || n % b !== 0 || o % b !== 0 || Math.min(bottom, right) < 0)
    return undefined;
  const [top, left] = of.padding;
  // Padding beforehand is faster than by the convolution, which treats windows at the rim one by one.
  const rows = reshaped(blocks(swapped(x, to), to), [c, n / b, h, w * b], to);
  const image = reshaped(
    padded(rows, [top, left * b, bottom, right * b], to),
    [c, n, h + top + bottom, w + left + right],
    to,
  );
  const filter = blockedFilter(swapped(dy, to), [o, n, oh, ow], to);
  const y = to.one("Conv", [image, filter], { dilations: [stride, stride] }, DOMAIN);
  return swapped(unblocked(y, o, to), to);
}

/** [n, c, h, w] → [n, c/b, h, w, b], which onnxruntime still calls [n, c, h, w]. */
function blocks(name: string, to: Lowering): string {
  return to.one("ReorderInput", [name], {}, DOMAIN);
}

function unblocked(name: string, channels: number, to: Lowering): string {
  return to.one("ReorderOutput", [name], { channels }, DOMAIN);
}

/** [o, i, kh, kw] → [o/b, i/b, kh, kw, b of i, b of o]: blocks of i within each filter, then blocks of o around all. */
function blockedFilter(
  name: string,
  shape: readonly [number, number, number, number],
  to: Lowering,
): string {
  return outerBlocks(blocks(name, to), shape, to);
}

/** [o, rest] → [o/b, rest, b of o], by the fast kernel for images. */
function outerBlocks(
  name: string,
  shape: readonly [number, number, number, number],
  to: Lowering,
): string {
  const [o, i, kh, kw] = shape;
  return reshaped(blocks(reshaped(name, [1, o, i * kh * kw, 1], to), to), shape, to);
}
