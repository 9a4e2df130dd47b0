import { invalid } from "../invalid.ts";
import { bisect } from "./bisect.ts";
import type { FixedPoint } from "./mean-field.ts";

/**
 * Where a one-dimensional landscape is flat, from its gradient at a batch of points: looks for changes of sign between
 * `points` even steps of [from, to] and halves them down to the last bit. Two roots within one step are not seen.
 *
 * @example The wells of any 1-D mixture: `fixedPoints((x) => potentialGradient(x, mixture.score(x, level), level), -3, 3)`
 */
export function fixedPoints(
  gradient: (x: Float64Array) => Float64Array,
  from: number,
  to: number,
  points: number = 2000,
): FixedPoint[] {
  if (!(from < to)) throw invalid("fixedPoints", `from must be less than to = ${to}`, from);
  if (!Number.isInteger(points) || points < 2)
    throw invalid("fixedPoints", "points must be an integer of at least 2", points);
  const at = (x: number) => gradient(Float64Array.of(x))[0]!;
  const x = Float64Array.from(
    { length: points },
    (_, n) => from + ((to - from) * n) / (points - 1),
  );
  const slope = gradient(x);
  const found: FixedPoint[] = [];
  for (let n = 1; n < points; n++) {
    const falling = slope[n - 1]! < 0;
    if (slope[n]! < 0 !== falling) found.push({ x: bisect(at, x[n - 1]!, x[n]!), stable: falling });
  }
  return found;
}
