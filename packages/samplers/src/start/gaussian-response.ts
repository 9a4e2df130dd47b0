import { type ForwardProcess, gaussian, invalid, type NoiseLevel } from "@symbreak/core";
import { exactDenoiser } from "../exact/exact-denoiser.ts";
import type { Solver } from "../solver.ts";
import { noiseDeviation } from "./noise-start.ts";

/** Gaussian data of independent coordinates, and how a solver is run on them. */
export interface GaussianResponseOptions {
  readonly solver: Solver;
  readonly process?: ForwardProcess | undefined;
  /** The levels that the network was trained at, for solvers that visit others. */
  readonly table?: readonly NoiseLevel[] | undefined;
  readonly levels: readonly NoiseLevel[];
  /** Mean and variance of each coordinate of the data. */
  readonly mean: ArrayLike<number>;
  readonly variances: ArrayLike<number>;
  /** N(alpha mean, alpha² variances + sigma²), or pure noise. */
  readonly start: "late" | "noise";
}

/** The law of the samples, coordinate by coordinate. */
export interface GaussianResponse {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * What a solver makes of Gaussian data with the exact denoiser: mean and variance of its samples, exactly.
 *
 * On Gaussian data every step is linear in the state and the noise, so nothing is drawn: one sample carries the mean,
 * and one each the reaction to a unit of the start's noise and of every later draw, whose squares sum to the variance. For
 * DDIM this is the cosine law, for eta = 1 its recursion, for any other solver what its code does. Not for solvers that clip
 * or adapt to the state (thresholds, the Langevin corrector, adaptive steps): they are not linear.
 */
export async function gaussianResponse(given: GaussianResponseOptions): Promise<GaussianResponse> {
  const { solver, process, table, levels, start } = given;
  const mean = Float64Array.from(given.mean);
  const variances = Float64Array.from(given.variances);
  const size = mean.length;
  if (variances.length !== size)
    throw invalid("gaussianResponse", "mean and variances must be as many", [
      size,
      variances.length,
    ]);
  const level = levels[0]!;
  const denoiser = exactDenoiser(
    gaussian({ size, mean, covariance: { kind: "diagonal", variances } }),
  );

  // Row 0 has no noise at all; row r has a unit of draw r − 1 in every coordinate.
  const run = async (rows: number): Promise<{ x: ArrayLike<number>; draws: number }> => {
    const state = new Float64Array(rows * size);
    for (let i = 0; i < state.length; i++) {
      const j = i % size;
      const unit = Math.floor(i / size) === 1 ? 1 : 0;
      state[i] =
        start === "noise"
          ? noiseDeviation(level) * unit
          : level.alpha * mean[j]! +
            Math.hypot(level.alpha * Math.sqrt(variances[j]!), level.sigma) * unit;
    }
    let draws = 1;
    const noise = (out: Float32Array | Float64Array, width: number, draw: number): void => {
      draws = Math.max(draws, draw + 1);
      out.fill(0);
      out.fill(1, (draw + 1) * width, (draw + 2) * width);
    };
    let x: ArrayLike<number> = state;
    for await (const step of solver.walk(denoiser, state, levels, { noise, process, table }))
      x = step.x;
    return { x, draws };
  };

  const { draws } = await run(1);
  const { x } = await run(1 + draws);
  const variance = new Float64Array(size);
  for (let i = size; i < x.length; i++) variance[i % size]! += (x[i]! - x[i % size]!) ** 2;
  return { mean: Float64Array.from({ length: size }, (_, j) => x[j]!), variance };
}
