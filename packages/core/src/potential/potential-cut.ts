import { invalid } from "../invalid.ts";
import type { NoiseLevel } from "../level.ts";
import { allocate, type Samples } from "../samples.ts";
import { potentialGradient } from "./generative-potential.ts";

/** Any score, exact or learned: ∇ ln p_t of a batch at a level. */
export type ScoreFunction = (x: Samples, level: NoiseLevel) => Samples | Promise<Samples>;

/** The potential along a path: a one-dimensional picture of a landscape in many dimensions. */
export interface PotentialCut {
  /** Fraction of the line from 0 to 1, or angle in radians. */
  readonly position: Float64Array;
  /** u/beta, 0 at the first point. */
  readonly potential: Float64Array;
  /** d(u/beta)/d position. */
  readonly slope: Float64Array;
}

/** The generative potential along the straight line from `a` to `b` (both at `level`), at `points` even steps. */
export async function lineCut(
  score: ScoreFunction,
  a: Samples,
  b: Samples,
  level: NoiseLevel,
  { from = 0, to = 1, points = 200 }: { from?: number; to?: number; points?: number } = {},
): Promise<PotentialCut> {
  check("lineCut", a, b, points);
  const at = (position: number) => [1 - position, position, -1, 1] as const;
  return cut(score, a, b, level, grid(from, to, points), at);
}

/**
 * The generative potential along the circle cos(φ) a + sin(φ) b (both at `level`), which stays at the noise level's
 * typical radius: φ = 0 is a, φ = π/2 is b. One well becomes two as generation proceeds (Raya and Ambrogioni 2023, the
 * potentials along a circle of images; theirs sums rectangles of a discrete step, ours the trapezoids of u/beta).
 */
export async function circleCut(
  score: ScoreFunction,
  a: Samples,
  b: Samples,
  level: NoiseLevel,
  {
    from = -0.2 * Math.PI,
    to = 0.7 * Math.PI,
    points = 200,
  }: { from?: number; to?: number; points?: number } = {},
): Promise<PotentialCut> {
  check("circleCut", a, b, points);
  const at = (angle: number) =>
    [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle)] as const;
  return cut(score, a, b, level, grid(from, to, points), at);
}

/** `at` gives the weights of a and b in the path and in its tangent. All points go to the score as one batch. */
async function cut(
  score: ScoreFunction,
  a: Samples,
  b: Samples,
  level: NoiseLevel,
  position: Float64Array,
  at: (position: number) => readonly [number, number, number, number],
): Promise<PotentialCut> {
  const size = a.length;
  const x = allocate(a, position.length * size);
  for (let n = 0; n < position.length; n++) {
    const [p, q] = at(position[n]!);
    for (let i = 0; i < size; i++) x[n * size + i] = p * a[i]! + q * b[i]!;
  }
  const gradient = potentialGradient(x, await score(x, level), level);
  const slope = new Float64Array(position.length);
  const potential = new Float64Array(position.length);
  for (let n = 0; n < position.length; n++) {
    const [, , p, q] = at(position[n]!);
    for (let i = 0; i < size; i++) slope[n]! += gradient[n * size + i]! * (p * a[i]! + q * b[i]!);
    if (n === 0) continue;
    const step = position[n]! - position[n - 1]!;
    potential[n] = potential[n - 1]! + 0.5 * step * (slope[n - 1]! + slope[n]!);
  }
  return { position, potential, slope };
}

function grid(from: number, to: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, n) => from + ((to - from) * n) / (points - 1));
}

function check(where: string, a: Samples, b: Samples, points: number): void {
  if (a.length === 0 || a.length !== b.length)
    throw invalid(where, `a and b must be one sample each, of one size (${a.length})`, b.length);
  if (!Number.isInteger(points) || points < 2)
    throw invalid(where, "points must be an integer of at least 2", points);
}
