import type { ForwardProcess, Moments, NoiseLevel } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { gaussianResponse } from "./gaussian-response.ts";

/** How a solver is run on the Gaussian with the data's moments. */
export interface DiscretisationErrorOptions {
  readonly moments: Moments;
  readonly solver: Solver;
  /** The process of the levels, for solvers that look between them. */
  readonly process?: ForwardProcess | undefined;
  /** The levels that the network was trained at, for solvers that visit others. */
  readonly table?: readonly NoiseLevel[] | undefined;
  readonly levels: readonly NoiseLevel[];
  readonly start: "late" | "noise";
}

/**
 * The squared Wasserstein-2 distance (squared units of the data) between Gaussian data and what the solver makes of them
 * with so many steps and this start: Σ over eigenvalues of (√variance − √eigenvalue)² + (mean error)².
 *
 * Both Gaussians have the same eigenvectors, so it is their Fréchet distance too. Exact; see {@link gaussianResponse}.
 */
export async function discretisationError({
  moments,
  ...run
}: DiscretisationErrorOptions): Promise<number> {
  const { variances, multiplicities, squaredMeans } = principalAxes(moments);
  const unit = new Float64Array(variances.length).fill(1);
  const { mean, variance } = await gaussianResponse({ ...run, mean: unit, variances });
  let sum = 0;
  for (let i = 0; i < variances.length; i++) {
    const spread = Math.sqrt(variance[i]!) - Math.sqrt(variances[i]!);
    sum += multiplicities[i]! * spread ** 2 + squaredMeans[i]! * (mean[i]! - 1) ** 2;
  }
  return sum;
}

interface PrincipalAxes {
  readonly variances: Float64Array;
  readonly multiplicities: Float64Array;
  /** Squared length of the mean along each axis. */
  readonly squaredMeans: Float64Array;
}

function principalAxes({ size, mean, covariance }: Moments): PrincipalAxes {
  if (covariance.kind === "diagonal") {
    const { variances } = covariance;
    const multiplicities = new Float64Array(size).fill(1);
    return { variances, multiplicities, squaredMeans: mean.map((value) => value * value) };
  }
  const { eigenvalues, eigenvectors, residual } = covariance;
  const rank = eigenvalues.length;
  const variances = new Float64Array(rank + 1).fill(residual);
  for (let k = 0; k < rank; k++) variances[k] = Math.max(eigenvalues[k]!, 0);
  const multiplicities = new Float64Array(rank + 1).fill(1, 0, rank);
  multiplicities[rank] = size - rank;
  const squaredMeans = new Float64Array(rank + 1);
  let rest = mean.reduce((sum, value) => sum + value * value, 0);
  for (let k = 0; k < rank; k++) {
    let along = 0;
    for (let i = 0; i < size; i++) along += eigenvectors[k * size + i]! * mean[i]!;
    squaredMeans[k] = along * along;
    rest -= along * along;
  }
  squaredMeans[rank] = Math.max(0, rest);
  return { variances, multiplicities, squaredMeans };
}
