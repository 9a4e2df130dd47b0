import type { Padding } from "../ops/conv-geometry.ts";
import type { Lowering } from "./lowering.ts";

/** A convolution's numbers: x [n, c, h, w], filter [o, c, kh, kw], y or its cotangent [n, o, oh, ow]. */
export interface Convolution {
  readonly n: number;
  readonly c: number;
  readonly h: number;
  readonly w: number;
  readonly o: number;
  readonly oh: number;
  readonly ow: number;
  readonly kh: number;
  readonly kw: number;
  readonly stride: number;
  readonly padding: Padding;
}

/** Collects the numbers from the shapes of the three. */
export function convolution(
  [n, c, h, w]: readonly number[],
  [o, , kh, kw]: readonly number[],
  [, , oh, ow]: readonly number[],
  { stride, padding }: Pick<Convolution, "stride" | "padding">,
): Convolution {
  const sizes = { n, c, h, w, o, oh, ow, kh, kw } as Omit<Convolution, "stride" | "padding">;
  return { ...sizes, stride, padding };
}

/** The padding that makes a convolution with the flipped filter undo this one's shift; only at stride 1. */
export function mirroredPadding({
  kh,
  kw,
  padding: [top, left, bottom, right],
}: Convolution): Padding {
  return [kh - 1 - top, kw - 1 - left, kh - 1 - bottom, kw - 1 - right];
}

/** The bottom and right padding that the last window reaches, which may be less than there is, even negative. */
export function reach({
  h,
  w,
  oh,
  ow,
  kh,
  kw,
  stride,
  padding: [top, left],
}: Convolution): [number, number] {
  return [stride * (oh - 1) + kh - h - top, stride * (ow - 1) + kw - w - left];
}

/** Batch and channels swapped. */
export function swapped(name: string, to: Lowering): string {
  return to.one("Transpose", [name], { perm: [1, 0, 2, 3] });
}

/** The same elements in another shape. */
export function reshaped(name: string, shape: readonly number[], to: Lowering): string {
  return to.one("Reshape", [name, to.integers(shape)]);
}

/** Zeros (or, where negative, less) around the last two axes of four. */
export function padded(name: string, [top, left, bottom, right]: Padding, to: Lowering): string {
  if (top === 0 && left === 0 && bottom === 0 && right === 0) return name;
  return to.one("Pad", [name, to.integers([0, 0, top, left, 0, 0, bottom, right])]);
}

/** The window of the last two axes of four that begins at (row, column). */
export function cut(
  name: string,
  row: number,
  column: number,
  h: number,
  w: number,
  to: Lowering,
): string {
  const [starts, ends] = [to.integers([row, column]), to.integers([row + h, column + w])];
  return to.one("Slice", [name, starts, ends, to.integers([2, 3])]);
}

/** Both spatial axes reversed. */
export function flipped(name: string, to: Lowering): string {
  const [last, past] = [to.integers([-1, -1]), to.integers([-1000, -1000])];
  return to.one("Slice", [name, last, past, to.integers([2, 3]), last]);
}
