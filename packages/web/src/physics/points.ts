import {
  collapseTime,
  lossCurve,
  type Memorisation,
  memorisation,
  moments,
} from "@symbreak/analysis";
import { dataOf, empirical, exponential, philoxNoise, type Samples } from "@symbreak/core";
import { exactDenoiser, sample, solverOf } from "@symbreak/samplers";
import { CHAIN, noisyLevel, timestepOf } from "./chain.ts";
import { PARTS } from "./training.ts";

/** Points drawn from a law. */
export function drawPoints(
  law: { sample(count: number, noise: ReturnType<typeof philoxNoise>): Float64Array },
  count: number,
  seed: number,
): Float32Array {
  return Float32Array.from(law.sample(count, philoxNoise(seed)));
}

/** What the exact score of the points makes: a perfectly memorising network's samples, by the probability flow. */
export async function exactSamplesOf(points: Float32Array, count: number, seed: number) {
  const { samples } = await sample({
    denoiser: exactDenoiser(empirical(points, 2)),
    process: CHAIN,
    solver: solverOf({ name: "ddim" }),
    grid: exponential(),
    steps: 120,
    count,
    batch: count,
    seed,
  });
  return samples;
}

/** How many samples are copies: much nearer to one point than to the next. */
export function copiesOf(samples: Samples, points: Float32Array): Promise<Memorisation> {
  return memorisation(dataOf(samples, [2]), dataOf(points, [2]));
}

/** The timestep of t_C: below it the exact score of the points leads to one of them. */
export async function collapseOf(points: Float32Array): Promise<number> {
  const found = await moments(dataOf(points, [2]));
  const { spectrum } = collapseTime({ count: points.length / 2, size: 2 }, found);
  return timestepOf(spectrum.ouTime);
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
