import { invalid, type Landscape, type NoiseLevel, type Samples } from "@symbreak/core";
import { dot } from "@symbreak/core/linalg";
import type { Denoiser } from "@symbreak/samplers";
import { gmres } from "./gmres.ts";
import { gainAt, preserving } from "./landscapes.ts";
import { type JacobianOptions, type Linearised, linearised } from "./linearised.ts";

/** Where a landscape is flat. */
export interface FixedPoint {
  readonly x: Float64Array;
  /** Root mean square of x − gain·E[x_0|x] over the coordinates, in units of the noised data. */
  readonly residual: number;
  readonly converged: boolean;
  /** Newton steps taken. */
  readonly steps: number;
}

/** Settings of {@link fixedPointNear}. */
export interface FixedPointOptions {
  /** Default "potential", that of the generative SDE. */
  readonly landscape?: Landscape;
  /** Largest residual. Default 1e-5: what single precision can reach. */
  readonly tolerance?: number;
  /** Most Newton steps. Default 12. */
  readonly most?: number;
  /** Most products with the Jacobian in a step. Default 30. */
  readonly products?: number;
}

/**
 * The fixed point x* of the drift of a landscape near `start`: x = gain·E[x_0|x], for the generative SDE's potential
 * x = 2 alpha/(1 + alphaBar) · E[x_0|x], ∇u = 0. Stable or not: Newton's method, its linear systems by GMRES on products
 * with the Jacobian, with steps halved where they do not help.
 *
 * `denoiser` may be a network or exact. What is not converged says so by its residual.
 */
export function fixedPointNear(
  denoiser: Denoiser,
  start: Samples,
  level: NoiseLevel,
  options: FixedPointOptions & JacobianOptions = {},
): Promise<FixedPoint> {
  const line = linearised("fixedPointNear", denoiser, options);
  if (start.length !== line.size)
    throw invalid("fixedPointNear", `start must be one sample of ${line.size} values`, start);
  if (preserving("fixedPointNear", level).scale !== 1)
    throw invalid("fixedPointNear", "level must have alpha² + sigma² = 1", level);
  return newton(line, Float64Array.from(start), level, options);
}

/** {@link fixedPointNear} on an open line to the denoiser. */
export async function newton(
  line: Linearised,
  start: Float64Array,
  level: NoiseLevel,
  options: FixedPointOptions = {},
): Promise<FixedPoint> {
  const { landscape = "potential", tolerance = 1e-5, most = 12, products = 30 } = options;
  const gain = gainAt("fixedPointNear", landscape, level);
  const step = async (x: Float64Array): Promise<Float64Array> =>
    (await line.denoise(x, level)).map((value, i) => gain * value - x[i]!);
  const size = (v: Float64Array) => Math.sqrt(dot(v, v) / v.length);

  let x = start;
  let force = await step(x);
  let residual = size(force);
  let steps = 0;
  while (residual > tolerance && steps < most) {
    const at = x;
    const direction = await gmres(
      async (v) => (await line.product(at, level, v)).map((value, i) => v[i]! - gain * value),
      force,
      { most: products },
    );
    steps++;
    let better = false;
    for (let length = 1; length > 0.02 && !better; length /= 2) {
      const next = at.map((value, i) => value + length * direction[i]!);
      const forceThere = await step(next);
      better = size(forceThere) < (1 - 0.1 * length) * residual;
      if (better) [x, force, residual] = [next, forceThere, size(forceThere)];
    }
    if (!better) break;
  }
  return { x, residual, converged: residual <= tolerance, steps };
}
