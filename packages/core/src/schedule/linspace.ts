/** Arithmetic of a table: exact doubles, or PyTorch's float32 operation by operation. */
export type Precision = "float64" | "float32";

const identity = (x: number): number => x;

/** The rounding that a table's precision applies after each operation. */
export function rounding(precision: Precision): (x: number) => number {
  return precision === "float32" ? Math.fround : identity;
}

/**
 * `count` points from start to end inclusive.
 *
 * In float32 it is PyTorch's: the step is rounded, each half counts from its own end, and every point is one fused
 * multiply-add (exact in doubles), rounded once.
 */
export function linspace(
  start: number,
  end: number,
  count: number,
  precision: Precision = "float64",
): Float64Array {
  const points = new Float64Array(count);
  const round = rounding(precision);
  const [first, last] = [round(start), round(end)];
  const step = count > 1 ? round(round(last - first) / (count - 1)) : 0;
  const half = count >> 1;
  for (let i = 0; i < count; i++)
    points[i] = round(i < half || count === 1 ? first + step * i : last - step * (count - 1 - i));
  return points;
}
