import type { ImageShape } from "@symbreak/core";

/** The numbers to write into `to` for those of `from`: x = a[c] · value + b[c] for channel c; one of each serves all. */
export interface UnitChange {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** What the margin is filled with where images grow, in the new units. */
  readonly margin: readonly number[];
}

/**
 * Images cropped or padded about their middle to another size, in other units: the inverse of `pad` where they shrink, the
 * odd row and column at the bottom and right likewise.
 */
export function recentred(
  values: ArrayLike<number>,
  from: ImageShape,
  to: ImageShape,
  { a, b, margin }: UnitChange,
): Float32Array {
  const [channels, height, width] = from;
  const [outChannels, high, wide] = to;
  if (channels !== outChannels)
    throw new Error(
      `images of ${channels} channels cannot be shown to a classifier of ${outChannels}`,
    );
  const count = values.length / (channels * height * width);
  const top = offset(height, high);
  const left = offset(width, wide);
  const out = new Float32Array(count * channels * high * wide);
  for (let plane = 0, at = 0; plane < count * channels; plane++) {
    const c = plane % channels;
    const [factor, added, edge] = [a[c % a.length]!, b[c % b.length]!, margin[c % margin.length]!];
    for (let row = 0; row < high; row++)
      for (let column = 0; column < wide; column++, at++) {
        const [y, x] = [row + top, column + left];
        const inside = y >= 0 && y < height && x >= 0 && x < width;
        out[at] = inside ? factor * values[(plane * height + y) * width + x]! + added : edge;
      }
  }
  return out;
}

/** Whether images are another's kind but for a margin, such as `--pad` gives them: smaller ones are not. */
export function canCrop(from: ImageShape, to: ImageShape): boolean {
  return from[0] === to[0] && to.every((side, axis) => side <= from[axis]!);
}

/** Where the new frame begins in the old one; negative where it is larger. */
function offset(old: number, size: number): number {
  return old >= size ? Math.floor((old - size) / 2) : -Math.floor((size - old) / 2);
}
