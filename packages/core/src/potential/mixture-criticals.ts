import { traceBranches } from "./branches.ts";
import { fixedPoints } from "./fixed-points.ts";
import { type LineScores, lineScores, type MixtureLine } from "./mixture-line.ts";
import type { Landscape } from "./two-gaussians.ts";

/** One change of the number of wells on the way from noise to data. */
export interface CriticalTime {
  /** A pitchfork splits a well in two where it stands; a fold makes a well and a barrier beside, or takes a pair away. */
  readonly kind: "pitchfork" | "fold";
  /** Where, in the units of x_t. */
  readonly x: number;
  /** Signal amplitude √alphaBar. */
  readonly theta: number;
  readonly ouTime: number;
}

/** Levels and places that the search looks at, at least; what it finds is then solved for. */
const LEVELS = 400;
const PLACES = 2000;

/** Places between the two nearest means, and how many there may be in all. */
const BETWEEN = 10;
const MOST_PLACES = 20_000;

/**
 * Every critical time of a mixture on the line, noisiest first: where the wells of a landscape split or are born. Equal
 * halves part by a pitchfork; a law without that symmetry decides by folds alone. Empty where the landscape never changes:
 * then there is no time.
 *
 * The fixed points are counted over a grid of levels; about each change of their number, Newton's iteration finds the place
 * and the level where gradient and curvature are both 0, to rounding.
 */
export function mixtureCriticals(
  law: MixtureLine,
  landscape: Landscape = "potential",
): CriticalTime[] {
  const line = lineScores("mixtureCriticals", law);
  const { extent, widest, nearest } = line;
  if (extent === 0) return [];
  const rule = RULES[landscape];
  const { ofX, ofScore } = rule;
  const asked = Math.ceil((BETWEEN * 2 * extent) / nearest);
  const places = Math.min(MOST_PLACES, Math.max(PLACES, asked));
  const edgeAt = (time: number) => 1.02 * outermost(rule, extent, widest, time);
  const at = (time: number) => {
    const edge = edgeAt(time);
    const gradient = (x: Float64Array) =>
      line.score(x, time).map((score, i) => -ofX * x[i]! - ofScore * score);
    // Off centre, so that no place of the grid is a fixed point of a symmetric law.
    return fixedPoints(gradient, -edge, edge * 1.000123, places);
  };
  const noisiest = 2 + Math.log1p(extent + widest);
  const cleanest = Math.min(0.01, nearest ** 2 / 100);
  const times = Array.from(
    { length: LEVELS },
    (_, k) => noisiest * (cleanest / noisiest) ** (k / (LEVELS - 1)),
  );
  const found: CriticalTime[] = [];
  for (const time of traceBranches(at, times).transitions) {
    const sides = [at(time * (1 + SIDE)), at(time * (1 - SIDE))];
    const points = sides[0]!.length > sides[1]!.length ? sides[0]! : sides[1]!;
    const step = (2 * edgeAt(time)) / places;
    for (let i = 1; i < points.length; i++) {
      const [left, right] = [points[i - 1]!.x, points[i]!.x];
      const near = 0.5 * (right - left) + step;
      const critical = solve(line, rule, { x: 0.5 * (left + right), time }, near);
      if (critical !== null && !found.some((other) => same(other, critical))) found.push(critical);
    }
  }
  // Both halves of a symmetric law have one time, but for rounding.
  const order = ({ ouTime }: CriticalTime) => Math.round(1e12 * ouTime);
  return found.sort((a, b) => order(b) - order(a) || a.x - b.x);
}

interface Rule {
  readonly ofX: number;
  readonly ofScore: number;
}

/** gradient = −ofX·x − ofScore·score. */
const RULES: Record<Landscape, Rule> = {
  potential: { ofX: 0.5, ofScore: 1 },
  density: { ofX: 0, ofScore: 1 },
  drift: { ofX: 0.5, ofScore: 0.5 },
};

/**
 * No fixed point lies beyond this place: outside of all means |score| ≥ (|x| − alpha extent)/V with V the largest variance, so
 * that ofX |x| = ofScore |score| needs |x| ≤ alpha extent/(1 − V ofX/ofScore). Classes as wide as the noise put no bound to
 * it; then the search ends at a thousand times the means.
 */
function outermost({ ofX, ofScore }: Rule, extent: number, widest: number, time: number): number {
  const alpha = Math.exp(-time);
  const variance = 1 + alpha ** 2 * (widest ** 2 - 1);
  return (alpha * extent) / Math.max(1e-3, 1 - (variance * ofX) / ofScore);
}

/** How far beside a transition the points are looked at, and how far from it a solution may lie, relative to its time. */
const SIDE = 1e-6;
const NEAR = 1e-2;

/** Gradient f of a landscape, with the derivatives that a bifurcation needs. */
function jet(line: LineScores, { ofX, ofScore }: Rule, x: number, time: number) {
  const { s, sx, sxx, sxxx, st, sxt } = line.jet(x, time);
  return {
    f: -ofX * x - ofScore * s,
    fx: -ofX - ofScore * sx,
    fxx: -ofScore * sxx,
    fxxx: -ofScore * sxxx,
    ft: -ofScore * st,
    fxt: -ofScore * sxt,
  };
}

/** A pitchfork within `near` of a place and about a time, else a fold there; null where there is neither. */
function solve(
  line: LineScores,
  rule: Rule,
  { x, time }: { readonly x: number; readonly time: number },
  near: number,
): CriticalTime | null {
  const found = (kind: CriticalTime["kind"], step: Step) => {
    const end = newton(step, x, time);
    // Newton's iteration may run off to another critical point, which is another transition's.
    if (end === null || !(Math.abs(end.x - x) <= near && Math.abs(end.time - time) <= NEAR * time))
      return null;
    const { f, fx } = jet(line, rule, end.x, end.time);
    // The noise is the scale on which a landscape bends.
    const noise = Math.sqrt(-Math.expm1(-2 * end.time));
    if (!(Math.abs(f) * noise < EXACT && Math.abs(fx) * noise ** 2 < EXACT)) return null;
    const centre = Math.abs(end.x) < EXACT * line.extent ? 0 : end.x;
    return { kind, x: centre, theta: Math.exp(-end.time), ouTime: end.time };
  };
  // At a pitchfork f, fx, fxx and ft are all 0: solve for fx = fxx = 0 and see whether f is.
  const pitchfork = found("pitchfork", (place, at) => {
    const { fx, fxx, fxxx, fxt } = jet(line, rule, place, at);
    const dx = -fxx / fxxx;
    return [dx, -(fx + fxx * dx) / fxt];
  });
  return (
    pitchfork ??
    found("fold", (place, at) => {
      const { f, fx, fxx, ft, fxt } = jet(line, rule, place, at);
      const determinant = fx * fxt - ft * fxx;
      return [(ft * fx - fxt * f) / determinant, (fxx * f - fx * fx) / determinant];
    })
  );
}

const EXACT = 1e-9;

type Step = (x: number, time: number) => readonly [number, number];

/** Repeats a step until it changes nothing. */
function newton(step: Step, x: number, time: number): { x: number; time: number } | null {
  let [place, at] = [x, time];
  for (let i = 0; i < 50; i++) {
    const [dx, dt] = step(place, at);
    place += dx;
    at += dt;
    if (!(Number.isFinite(place) && at > 0)) return null;
    if (Math.abs(dt) < 1e-15 * at && Math.abs(dx) < 1e-15 + 1e-15 * Math.abs(place)) break;
  }
  return { x: place, time: at };
}

function same(a: CriticalTime, b: CriticalTime): boolean {
  return (
    Math.abs(a.ouTime - b.ouTime) < 1e-9 * a.ouTime &&
    Math.abs(a.x - b.x) < 1e-7 * (Math.abs(a.x) + Math.abs(b.x)) + 1e-12
  );
}
