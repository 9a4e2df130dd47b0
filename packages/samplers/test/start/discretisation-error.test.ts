import {
  covarianceMatrix,
  discreteSchedule,
  gaussian,
  gaussianFrechet,
  levels,
  type Moments,
  spectralCovariance,
  timesteps,
} from "@symbreak/core";
import { expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { ddim } from "../../src/solvers/ddim.ts";
import { discretisationError } from "../../src/start/discretisation-error.ts";

const schedule = discreteSchedule();
const SIZE = 4;
const matrix = Float64Array.of(3, 1, 0, 0.5, 1, 2, 0.3, 0, 0, 0.3, 0.5, 0.1, 0.5, 0, 0.1, 0.2);
const full = spectralCovariance(matrix, SIZE);
const mean = Float64Array.of(1, -1, 0.5, 2);

for (const [kind, covariance] of [
  ["full", full],
  [
    "low rank",
    {
      kind: "spectral",
      eigenvalues: full.eigenvalues.slice(0, 2),
      eigenvectors: full.eigenvectors.slice(0, 2 * SIZE),
      residual: 0.1,
    },
  ],
  ["diagonal", { kind: "diagonal", variances: Float64Array.of(3, 2, 0.5, 0.2) }],
] as const)
  test(`discretisationError is the Fréchet distance of DDIM's samples from Gaussian data: ${kind}`, async () => {
    const moments: Moments = { size: SIZE, mean, covariance };
    const walk = levels(schedule, timesteps("late", 4, { start: 700 }));
    const error = await discretisationError({
      moments,
      solver: ddim(),
      levels: walk,
      start: "noise",
    });
    // The samples' law, from the affine map of z that the run is: its image of 0 and of the unit vectors.
    let x = new Float64Array((SIZE + 1) * SIZE);
    for (let i = 0; i < SIZE; i++) x[(i + 1) * SIZE + i] = 1;
    for await (const step of ddim().walk(exactDenoiser(gaussian(moments)), x, walk))
      x = Float64Array.from(step.x);
    const made = new Float64Array(SIZE * SIZE);
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < SIZE; j++)
        for (let k = 1; k <= SIZE; k++)
          made[i * SIZE + j]! += (x[k * SIZE + i]! - x[i]!) * (x[k * SIZE + j]! - x[j]!);
    const samples = {
      size: SIZE,
      mean: x.slice(0, SIZE),
      covariance: spectralCovariance(made, SIZE),
    };
    const clean = {
      size: SIZE,
      mean,
      covariance: spectralCovariance(covarianceMatrix(covariance, SIZE), SIZE),
    };
    expect(error).toBeCloseTo(gaussianFrechet(clean, samples), 9);
    expect(error).toBeGreaterThan(0.01);
  });
