import { bisect } from "./bisect.ts";

/** A point where a one-dimensional landscape is flat: a well (stable) or the top of a barrier. */
export interface FixedPoint {
  readonly x: number;
  readonly stable: boolean;
}

/**
 * The solutions of the Curie–Weiss equation `slope · (y − field) = tanh y`, ascending.
 *
 * Every two-class landscape of diffusion is this one: its slope falls as generation proceeds. One solution while
 * slope ≥ 1, a well; below 1, and with |field| below {@link spinodalField}, two wells and a barrier between. A slope
 * that is not positive has no wells, only the barrier.
 */
export function meanFieldRoots(slope: number, field: number): FixedPoint[] {
  if (field < 0)
    return meanFieldRoots(slope, -field)
      .map(({ x, stable }) => ({ x: 0 - x, stable }))
      .reverse();
  const pull = (y: number) => Math.tanh(y) - slope * (y - field);
  if (slope <= 0) return [{ x: field === 0 ? 0 : bisect(pull, 0, field), stable: false }];
  const reach = 2 / slope; // tanh is within 1 of 0: twice that is past every root, rounding included
  if (slope >= 1)
    return [{ x: field === 0 ? 0 : bisect(pull, field, field + reach), stable: true }];
  const turn = turningPoint(slope);
  const upper = { x: bisect(pull, turn, field + reach), stable: true };
  if (field >= spinodalField(slope)) return [upper];
  if (field === 0) return [{ x: -upper.x, stable: true }, { x: 0, stable: false }, upper];
  const lower = { x: bisect(pull, field - reach, -turn), stable: true };
  return [lower, { x: bisect(pull, -turn, turn), stable: false }, upper];
}

/** artanh √(1 − slope): where tanh y is as steep as the line; the two roots of a fold meet there. */
export function turningPoint(slope: number): number {
  return Math.log((1 + Math.sqrt(1 - slope)) / Math.sqrt(slope));
}

/** The field beyond which only one solution is left: √(1−k)/k − artanh √(1−k) for slope k in (0, 1); 0 from 1 on. */
export function spinodalField(slope: number): number {
  if (slope >= 1) return 0;
  const root = Math.sqrt(1 - slope);
  if (root > 0.1) return root / slope - turningPoint(slope);
  // The two terms cancel: sum 2n/(2n+1) · root^(2n+1).
  let sum = 0;
  for (let n = 8; n >= 1; n--) sum = (sum + (2 * n) / (2 * n + 1)) * root * root;
  return sum * root;
}

/** The slope at which the fold occurs in this field: the inverse of {@link spinodalField}; 1 without a field. */
export function spinodalSlope(field: number): number {
  if (field === 0) return 1;
  return bisect(
    (slope) => spinodalField(slope) - Math.abs(field),
    1 / (2 + 2 * Math.abs(field)),
    1,
  );
}
