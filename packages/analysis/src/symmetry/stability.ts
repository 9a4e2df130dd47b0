import { invalid, type Landscape, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { LANDSCAPES, preserving } from "./landscapes.ts";
import { type JacobianOptions, type Linearised, linearised } from "./linearised.ts";
import { type RitzOptions, topRitzPairs } from "./top-ritz-pairs.ts";

/** The widest directions of the posterior at one point, and what they make of the landscapes' stability. */
export interface Stability {
  /** The largest eigenvalues of Cov(x_0 | x) = sigma²/alpha · ∂E[x_0|x]/∂x, descending, squared units of the data. */
  readonly posteriorVariances: readonly number[];
  /** Their residuals, in the same units. */
  readonly residuals: readonly number[];
  /** Orthonormal directions. */
  readonly directions: readonly Float64Array[];
  /** The smallest curvature of each landscape at the point, per unit of beta: a negative one is unstable. */
  readonly curvature: Readonly<Record<Landscape, number>>;
  /** Top posterior variance over the landscape's critical one: above 1 is unstable. */
  readonly load: Readonly<Record<Landscape, number>>;
  /** |antisymmetric| over |symmetric| part of the Jacobian on the directions searched: 0 for a true score. */
  readonly asymmetry: number;
  /** |J v − Jᵀ v|/|J v| at the top direction; null where Jᵀ is not given. */
  readonly topAsymmetry: number | null;
}

/** Settings of {@link stabilityAt}. */
export interface StabilityOptions extends RitzOptions {
  /** Directions wanted. Default 4. */
  readonly directions?: number;
}

/**
 * The stability of a point under a denoiser: second-order Tweedie gives the posterior covariance from the Jacobian, and
 * that the Hessian of u/beta = −I/2 + I/sigma² − alphaBar Cov(x_0|x)/sigma⁴. The Jacobian of a learned denoiser need not
 * be symmetric; its symmetric part is taken and the rest reported.
 */
export function stabilityAt(
  denoiser: Denoiser,
  x: Samples,
  level: NoiseLevel,
  options: StabilityOptions & JacobianOptions = {},
): Promise<Stability> {
  const line = linearised("stabilityAt", denoiser, options);
  if (x.length !== line.size)
    throw invalid("stabilityAt", `x must be one sample of ${line.size} values`, x);
  return stability(line, Float64Array.from(x), level, options);
}

/** {@link stabilityAt} on an open line to the denoiser. */
export async function stability(
  line: Linearised,
  x: Float64Array,
  level: NoiseLevel,
  options: StabilityOptions = {},
): Promise<Stability> {
  const { alphaBar } = preserving("stabilityAt", level);
  const { size } = line;
  const rows = (batch: Float64Array) =>
    Array.from({ length: batch.length / size }, (_, n) => batch.slice(n * size, (n + 1) * size));
  const apply = async (vectors: readonly Float64Array[]) => {
    const batch = new Float64Array(vectors.length * size);
    vectors.forEach((vector, n) => {
      batch.set(vector, n * size);
    });
    const forward = rows(await line.product(x, level, batch));
    if (!line.hasTransposed) return { forward };
    return { forward, transposed: rows(await line.transposed(x, level, batch)) };
  };
  const { directions = 4 } = options;
  const pairs = await topRitzPairs(apply, size, directions, options);
  const perSlope = level.sigma ** 2 / level.alpha;
  const top = perSlope * pairs.values[0]!;
  const each = (value: (landscape: Landscape) => number): Record<Landscape, number> => ({
    potential: value("potential"),
    density: value("density"),
    drift: value("drift"),
  });
  const { forward, transposed } = await apply([pairs.vectors[0]!]);
  return {
    posteriorVariances: pairs.values.map((value) => perSlope * value),
    residuals: pairs.residuals.map((value) => perSlope * value),
    directions: pairs.vectors,
    curvature: each((name) => LANDSCAPES[name].curvature(top, alphaBar)),
    load: each((name) => top / LANDSCAPES[name].criticalVariance(alphaBar)),
    asymmetry: pairs.asymmetry,
    topAsymmetry: transposed === undefined ? null : apart(forward[0]!, transposed[0]!),
  };
}

function apart(a: Float64Array, b: Float64Array): number {
  let [difference, length] = [0, 0];
  a.forEach((value, i) => {
    difference += (value - b[i]!) ** 2;
    length += value * value;
  });
  return Math.sqrt(difference / (length || 1));
}
