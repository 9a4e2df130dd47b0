import {
  collapseTime,
  localScoreDenoiser,
  lossCurve,
  type Memorisation,
  memorisation,
  moments,
  speciationTime,
} from "@symbreak/analysis";
import {
  dataOf,
  empirical,
  exponential,
  philoxNoise,
  type Samples,
  type SpectralCovariance,
} from "@symbreak/core";
import { type Denoiser, exactDenoiser, solverOf } from "@symbreak/samplers";
import { CHAIN, noisyLevel } from "./chain.ts";
import { PARTS, PLACES } from "./training.ts";
import { record } from "./walks.ts";

/** Points drawn from a law. */
export function drawPoints(
  law: { sample(count: number, noise: ReturnType<typeof philoxNoise>): Float64Array },
  count: number,
  seed: number,
): Float32Array {
  return Float32Array.from(law.sample(count, philoxNoise(seed)));
}

/**
 * A machine that needs no training: "whole" sees a point as a whole and is the exact score of the points; "local" estimates
 * each coordinate from itself alone, as the local score machine estimates a pixel from the patch about it.
 */
export type ExactDenoiser = "whole" | "local";

function denoiserOf(points: Float32Array, by: ExactDenoiser): Denoiser {
  if (by === "whole") return exactDenoiser(empirical(points, 2));
  // A point is an image of one row with two pixels, a patch is one of them.
  return localScoreDenoiser(points, [1, 1, 2], { kind: "local", kernel: 1 });
}

/** What a machine makes, and how much of it is copied. */
export interface MadeOf {
  readonly samples: Samples;
  readonly report: Memorisation;
}

/** What a machine makes of the points, by the probability flow. */
export async function exactSamplesOf(
  points: Float32Array,
  by: ExactDenoiser,
  count: number,
  seed: number,
  signal?: AbortSignal,
): Promise<MadeOf> {
  const { states } = await record({
    denoiser: denoiserOf(points, by),
    process: CHAIN,
    solver: solverOf({ name: "ddim" }),
    grid: exponential(),
    steps: by === "whole" ? 100 : 60,
    count,
    seed,
    ...(signal && { signal }),
  });
  const samples = states.at(-1)!;
  return { samples, report: await copiesOf(samples, points) };
}

/** A machine's guesses of the clean points at {@link PLACES}. */
export async function exactGuesses(
  points: Float32Array,
  by: ExactDenoiser,
  timestep: number,
): Promise<Float64Array> {
  return Float64Array.from(await denoiserOf(points, by).predict(PLACES, noisyLevel(timestep)));
}

/** How many samples are copies: much nearer to one point than to the next. */
export function copiesOf(samples: Samples, points: Float32Array): Promise<Memorisation> {
  return memorisation(dataOf(samples, [2]), dataOf(points, [2]));
}

/** Timesteps of the points' critical times; null where there is none. */
export interface PointsTimes {
  readonly speciation: number | null;
  /** Where the centre loses its stability. */
  readonly instability: number | null;
  /** Below it the exact score of the points leads to one of them. */
  readonly collapse: number | null;
}

export async function timesOf(points: Float32Array): Promise<PointsTimes> {
  const found = await moments(dataOf(points, [2]));
  const [lambda] = (found.covariance as SpectralCovariance).eigenvalues;
  const { ddpmIndex, instability } = speciationTime(lambda ?? 0, { schedule: CHAIN });
  const { spectrum } = collapseTime({ count: points.length / 2, size: 2 }, found);
  return {
    speciation: ddpmIndex,
    instability: instability.ddpmIndex,
    collapse: spectrum.ddpmIndex,
  };
}

/**
 * The least loss of the noise that any network can have on these points, a dimension, in the middle of each part of the way:
 * that of their exact score. E|ε − ε̂|² = (alpha/sigma)² E|x0 − x̂0|².
 */
export async function leastLosses(points: Float32Array): Promise<readonly number[]> {
  const timesteps = Array.from({ length: PARTS }, (_, k) => ((PARTS - k - 0.5) * 1000) / PARTS);
  const few = points.subarray(0, 2 * 256);
  const { at } = await lossCurve({
    denoiser: exactDenoiser(empirical(points, 2)),
    data: few,
    levels: timesteps.map(noisyLevel),
  });
  return at.map(({ loss, noiseToSignal }) => loss / noiseToSignal ** 2 / 2).reverse();
}
