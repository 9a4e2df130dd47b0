import {
  circleCut,
  type DiscreteSchedule,
  discreteSchedule,
  invalid,
  type NoiseLevel,
  philoxNoise,
  type Samples,
  type ScoreFunction,
} from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { type ChainName, type ChainTime, chainName, levelChainTime } from "../chain-time.ts";
import { preserving } from "./landscapes.ts";
import { linearised } from "./linearised.ts";

/** The mean potential along circles through pairs of noised samples, at one level. */
export interface CircleAt {
  readonly level: NoiseLevel;
  readonly time: ChainTime;
  /** Mean u/beta over the pairs, 0 at its lowest. */
  readonly potential: readonly number[];
  /** Its standard error at each angle, over the pairs, each cut taken from its own mean. */
  readonly standardError: readonly number[];
  /** Mean u(π/4) − ½(u(0) + u(π/2)): positive when a barrier stands between the two samples. */
  readonly barrier: number;
  readonly barrierError: number;
}

/** One well that becomes two along the circle. */
export interface CirclePotential {
  /** Radians: 0 is one sample, π/2 the other. */
  readonly angles: readonly number[];
  /** Noisiest first. */
  readonly at: readonly CircleAt[];
  readonly pairs: number;
  readonly seed: number;
  readonly schedule: ChainName;
}

/** What {@link circlePotential} needs. */
export interface CirclePotentialOptions {
  readonly denoiser: Denoiser;
  /** Clean samples, an even number of rows: samples 2k and 2k + 1 make a pair. */
  readonly data: Samples;
  /** Of any process, with signal and noise, noisiest first. */
  readonly levels: readonly NoiseLevel[];
  /** Of clean data: the circles then run about alpha·mean. Default 0, as the authors did. */
  readonly mean?: Samples;
  /** Angles from −0.2 π to 0.7 π. Default 73, among them 0, π/4 and π/2. */
  readonly points?: number;
  /** Of the noise. Default 0. */
  readonly seed?: number;
  readonly schedule?: DiscreteSchedule;
  readonly onPair?: (fraction: number) => void;
}

/**
 * The generative potential along the circle cos φ · x1 + sin φ · x2 through two noised samples, averaged over pairs
 * (Raya & Ambrogioni 2023): the barrier that rises between them is the decision. Where the data's mean is far from 0, circles
 * about 0 lead away from it, and −|x|²/4 outweighs the barrier: give the mean. The pairs share no sample, so that the
 * standard errors hold.
 */
export async function circlePotential(options: CirclePotentialOptions): Promise<CirclePotential> {
  const { denoiser, data, levels, points = 73, seed = 0, schedule = discreteSchedule() } = options;
  const line = linearised("circlePotential", denoiser);
  const { size } = line;
  const pairs = data.length / (2 * size);
  if (!Number.isInteger(pairs) || pairs < 2)
    throw invalid(
      "circlePotential",
      `data must hold at least two pairs of samples of ${size} values`,
      data.length,
    );
  if (!Number.isInteger((points - 1) / 18))
    throw invalid("circlePotential", "points must be a multiple of 18, and one", points);
  const mean = options.mean ?? new Float64Array(size);
  if (mean.length !== size)
    throw invalid("circlePotential", `mean must have ${size} values`, mean.length);
  // −y/2 − score'(y) is ∇u at y + centre for score'(y) = score(y + centre) + centre/2.
  const scoreAt =
    (given: NoiseLevel, scale: number): ScoreFunction =>
    async (y, level) => {
      const centre = (i: number) => level.alpha * mean[i % size]!;
      const x = Float64Array.from(y, (value, i) => value + centre(i));
      const scaled = scale === 1 ? x : x.map((value) => scale * value);
      return (await line.denoise(scaled, given)).map(
        (value, i) => (level.alpha * value - x[i]!) / level.sigma ** 2 + 0.5 * centre(i),
      );
    };

  const noise = philoxNoise(seed);
  let angles: number[] = [];
  const at: CircleAt[] = [];
  for (const [k, given] of levels.entries()) {
    const { level, scale } = preserving("circlePotential", given);
    const x = new Float64Array(data.length);
    noise(x, size, k);
    for (let i = 0; i < x.length; i++)
      x[i] = level.alpha * (data[i]! - mean[i % size]!) + level.sigma * x[i]!;
    const cuts: Float64Array[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const [a, b] = [2 * pair, 2 * pair + 1].map((n) => x.subarray(n * size, (n + 1) * size));
      const { position, potential } = await circleCut(scoreAt(given, scale), a!, b!, level, {
        points,
      });
      angles = Array.from(position);
      cuts.push(potential);
      options.onPair?.((k * pairs + pair + 1) / (levels.length * pairs));
    }
    at.push({ level: given, time: levelChainTime(given, schedule), ...summary(cuts) });
  }
  return { angles, at, pairs, seed, schedule: chainName(schedule) };
}

function summary(cuts: readonly Float64Array[]): Omit<CircleAt, "level" | "time"> {
  const points = cuts[0]!.length;
  // The grid runs from −0.2 π in steps of 0.9 π/(points − 1).
  const step = (points - 1) / 18;
  const [first, middle, second] = [4 * step, 9 * step, 14 * step];
  const barriers = cuts.map((u) => u[middle]! - 0.5 * (u[first]! + u[second]!));
  const centred = cuts.map((u) => {
    const level = u.reduce((sum, value) => sum + value, 0) / points;
    return u.map((value) => value - level);
  });
  const columns = Array.from({ length: points }, (_, i) => estimate(centred.map((u) => u[i]!)));
  const lowest = Math.min(...columns.map(({ mean }) => mean));
  const { mean: barrier, error: barrierError } = estimate(barriers);
  return {
    potential: columns.map(({ mean }) => mean - lowest),
    standardError: columns.map(({ error }) => error),
    barrier,
    barrierError,
  };
}

function estimate(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / (values.length - 1) / values.length) };
}
