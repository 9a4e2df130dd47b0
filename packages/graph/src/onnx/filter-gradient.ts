import {
  type Convolution,
  cut,
  flipped,
  mirroredPadding,
  padded,
  reach,
  reshaped,
  swapped,
} from "./convolution.ts";
import type { Lowering } from "./lowering.ts";

/**
 * A convolution's filter gradient in public operators, [o, c, kh, kw], from x and dy.
 *
 * Three ways, each the fastest known for its shapes on onnxruntime's CPU provider: see the README's measurements.
 */
export function filterGradient(x: string, dy: string, of: Convolution, to: Lowering): string {
  if (of.stride > 1) return asConvolution(x, dy, of, to);
  const mirrored = mirroredPadding(of);
  if (of.o < FEW && of.o < of.c) {
    // dy and x in each other's place give the same gradient, flipped and transposed.
    const { n, o, oh, ow, c, h, w, kh, kw, stride } = of;
    const other = { n, c: o, h: oh, w: ow, o: c, oh: h, ow: w, kh, kw, stride, padding: mirrored };
    return flipped(swapped(filterGradient(dy, x, other, to), to), to);
  }
  return of.c < FEW ? fromPatches(x, dy, of, to) : fromShifts(x, dy, of, to);
}

/** Fewer channels than this, and the patches of an image cost less than shifting its partner. */
const FEW = 8;

/** A convolution with batch and channels swapped, whose filter is dy and whose dilation is the stride. */
function asConvolution(x: string, dy: string, of: Convolution, to: Lowering): string {
  const [bottom, right] = reach(of);
  const [top, left] = of.padding;
  const used = padded(x, [0, 0, Math.min(bottom, 0), Math.min(right, 0)], to);
  const pads = [top, left, Math.max(bottom, 0), Math.max(right, 0)];
  const dilations = [of.stride, of.stride];
  return swapped(to.one("Conv", [swapped(used, to), swapped(dy, to)], { dilations, pads }), to);
}

/** dy times every patch of x, as one product. */
function fromPatches(x: string, dy: string, of: Convolution, to: Lowering): string {
  const { n, c, o, oh, ow, kh, kw } = of;
  const image = padded(swapped(x, to), of.padding, to);
  const patches: string[] = [];
  for (let r = 0; r < kh; r++) {
    for (let s = 0; s < kw; s++) patches.push(cut(image, r, s, oh, ow, to));
  }
  const columns = reshaped(joined(patches, to), [kh * kw * c, n * oh * ow], to);
  const rows = reshaped(swapped(dy, to), [o, n * oh * ow], to);
  const product = to.one("Gemm", [rows, columns], { transB: 1 });
  return to.one("Transpose", [reshaped(product, [o, kh, kw, c], to)], { perm: [0, 3, 1, 2] });
}

/** The row shifts of dy side by side, times each column shift of x: kw products of [kh o, n · rows · ow] and [c, …]ᵀ. */
function fromShifts(x: string, dy: string, of: Convolution, to: Lowering): string {
  const { n, c, o, oh, ow, kh, kw } = of;
  const rows = oh + kh - 1;
  const image = padded(swapped(x, to), of.padding, to);
  const cotangent = swapped(dy, to);
  const shifts = Array.from({ length: kh }, (_, r) => padded(cotangent, [r, 0, kh - 1 - r, 0], to));
  const left = reshaped(joined(shifts, to), [kh * o, n * rows * ow], to);
  const products = Array.from({ length: kw }, (_, s) => {
    const columns = kw === 1 ? image : cut(image, 0, s, rows, ow, to);
    return to.one("Gemm", [left, reshaped(columns, [c, n * rows * ow], to)], { transB: 1 });
  });
  const all = reshaped(joined(products, to), [kw, kh, o, c], to);
  return to.one("Transpose", [all], { perm: [2, 3, 1, 0] });
}

/** Laid end to end along the first axis. */
function joined(names: readonly string[], to: Lowering): string {
  return names.length === 1 ? names[0]! : to.one("Concat", names, { axis: 0 });
}
