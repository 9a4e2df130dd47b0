import { checkKeys, invalid, type Samples } from "@symbreak/core";

/** Which patches of images have changed, 0 or 1, and where the patches lie. */
export interface PatchChanges {
  /** count × rows × columns. */
  readonly changed: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Compares images patch by patch: a patch has changed when it has gone `threshold` of the way, in squared distance, that
 * separates two unrelated images of the set there.
 *
 * @param shape [channels, height, width]; `patch` divides height and width
 */
export function patchChanges(
  start: Samples,
  end: Samples,
  shape: readonly number[],
  options: { readonly patch: number; readonly threshold?: number },
): PatchChanges {
  checkKeys("patchChanges", options, ["patch", "threshold"]);
  const { patch, threshold = 0.5 } = options;
  const [channels, height, width] = shape as [number, number, number];
  const size = channels * height * width;
  const count = start.length / size;
  if (shape.length !== 3 || !Number.isInteger(count) || count < 2 || end.length !== start.length)
    throw invalid("patchChanges", "start and end must be as many images, at least two", shape);
  if (!(Number.isInteger(patch) && patch > 0 && height % patch === 0 && width % patch === 0))
    throw invalid("patchChanges", `patch must divide ${height} and ${width}`, patch);
  if (!(threshold > 0)) throw invalid("patchChanges", "threshold must be positive", threshold);
  const [rows, columns] = [height / patch, width / patch];
  const cells = rows * columns;
  const cellOf = (i: number) => {
    const y = Math.floor(i / width) % height;
    return Math.floor(y / patch) * columns + Math.floor((i % width) / patch);
  };
  const moved = new Float64Array(count * cells);
  const spread = new Float64Array(cells);
  for (let i = 0; i < size; i++) {
    const cell = cellOf(i);
    let [first, second] = [0, 0];
    for (let n = 0; n < count; n++) {
      const value = start[n * size + i]!;
      first += value;
      second += value * value;
      moved[n * cells + cell]! += (end[n * size + i]! - value) ** 2;
    }
    // Two independent images differ by twice the variance.
    spread[cell]! += 2 * Math.max(0, second / count - (first / count) ** 2);
  }
  const changed = moved.map((square, at) => (square > threshold * spread[at % cells]! ? 1 : 0));
  return { changed, rows, columns };
}
