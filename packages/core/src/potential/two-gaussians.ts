import { invalid } from "../invalid.ts";
import { type FixedPoint, meanFieldRoots, spinodalSlope, turningPoint } from "./mean-field.ts";

/** N(±mean, deviation²) along the line through the two means; the classes of the simplest labelled data. */
export interface TwoGaussians {
  /** Half the distance between the means. */
  readonly mean: number;
  /** 0 for two points. */
  readonly deviation: number;
  /** Weight of the class at +mean; 1/2 unless given. */
  readonly weight?: number;
}

/**
 * What splits, and when: three different critical times.
 *
 * `potential`: the generative potential of the reverse SDE, u/beta = −x²/4 − ln p_t. `density`: −ln p_t itself.
 * `drift`: the potential of the probability-flow ODE, −x²/4 − ½ ln p_t.
 */
export type Landscape = "potential" | "density" | "drift";

/**
 * The wells and the barrier of a landscape at `alphaBar`, in ascending x.
 *
 * With Γ = 1 − a + a·deviation², b = √a·mean/Γ, h = ½ ln(w/(1−w)) and y = b x + h, each is flat where
 * k (y − h) = tanh y; only the slope k differs.
 */
export function twoGaussiansFixedPoints(
  pair: TwoGaussians,
  alphaBar: number,
  landscape: Landscape = "potential",
): FixedPoint[] {
  const { spread, field } = checked("twoGaussiansFixedPoints", pair);
  if (!(alphaBar > 0 && alphaBar < 1))
    throw invalid("twoGaussiansFixedPoints", "alphaBar must lie in (0, 1)", alphaBar);
  const steepness = (Math.sqrt(alphaBar) * pair.mean) / (1 - alphaBar * spread);
  const slope = slopeAt[landscape](alphaBar, pair.mean ** 2, spread);
  return meanFieldRoots(slope, field).map(({ x, stable }) => ({
    x: (x - field) / steepness,
    stable,
  }));
}

/** k at level a, for squared mean m and c = 1 − deviation². */
const slopeAt: Record<Landscape, (a: number, m: number, c: number) => number> = {
  potential: (a, m, c) => ((1 - a * c) * (1 + a * c)) / (2 * a * m),
  density: (a, m, c) => (1 - a * c) / (a * m),
  drift: (a, m, c) => (c * (1 - a * c)) / m,
};

/** The level a at which k has fallen to `slope`: the functions above, solved for a. */
const levelAt: Record<Landscape, (slope: number, m: number, c: number) => number> = {
  potential: (slope, m, c) => 1 / (Math.hypot(slope * m, c) + slope * m),
  density: (slope, m, c) => (slope * m + c > 0 ? 1 / (slope * m + c) : Infinity),
  // Classes as wide as the noise, c ≤ 0, leave the drift without a well, and so without a split.
  drift: (slope, m, c) => (c > 0 ? Math.max(0, (c - slope * m) / c ** 2) : Infinity),
};

/**
 * The alphaBar above which a landscape is split: a pitchfork at 0 for equal weights, else a fold that leaves the tracked
 * well untouched. 0: split at every level, as the drift of two points is. `null`: never split, since the classes overlap or,
 * for the drift of classes as wide as the noise, since there is no well.
 */
export function twoGaussiansCritical(
  pair: TwoGaussians,
  landscape: Landscape = "potential",
): number | null {
  const { spread, field } = checked("twoGaussiansCritical", pair);
  const level = levelAt[landscape](spinodalSlope(field), pair.mean ** 2, spread);
  return level < 1 ? level : null;
}

/** Where in (alphaBar, x) the second well of the generative potential is born: (a_c, 0) for equal weights. */
export function twoGaussiansFold(pair: TwoGaussians): { alphaBar: number; x: number } | null {
  const { spread, field } = checked("twoGaussiansFold", pair);
  const alphaBar = twoGaussiansCritical(pair);
  if (alphaBar === null) return null;
  const steepness = (Math.sqrt(alphaBar) * pair.mean) / (1 - alphaBar * spread);
  const turn = -Math.sign(field) * turningPoint(spinodalSlope(field));
  return { alphaBar, x: (turn - field) / steepness };
}

function checked(
  where: string,
  { mean, deviation, weight = 0.5 }: TwoGaussians,
): { spread: number; field: number } {
  if (!(mean > 0 && mean < Infinity))
    throw invalid(where, "mean must be positive and finite", mean);
  if (!(deviation >= 0 && deviation < Infinity))
    throw invalid(where, "deviation must be finite and not negative", deviation);
  if (!(weight > 0 && weight < 1)) throw invalid(where, "weight must lie in (0, 1)", weight);
  return {
    spread: (1 - deviation) * (1 + deviation),
    field: 0.5 * Math.log(weight / (1 - weight)),
  };
}
