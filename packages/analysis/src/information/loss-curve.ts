import {
  checkKeys,
  type DiscreteSchedule,
  discreteSchedule,
  invalid,
  type NoiseLevel,
  noiseToSignal,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import type { Abort, Denoiser } from "@symbreak/samplers";
import { type ChainName, chainName } from "../chain-time.ts";
import { type ClockTime, levelTime } from "../clock-time.ts";
import { linearised } from "../symmetry/linearised.ts";

/** The denoising loss at one level. */
export interface LossAt {
  readonly level: NoiseLevel;
  readonly time: ClockTime;
  /** s = sigma/alpha. */
  readonly noiseToSignal: number;
  /** E|x0 − D(x)|², summed over the coordinates of a sample, squared units of the data. */
  readonly loss: number;
  /** Of the mean over samples; 0 of a single sample. */
  readonly standardError: number;
}

/** What a denoiser still gets wrong, level by level. */
export interface LossCurve {
  readonly kind: "lossCurve";
  /** Noisiest first. */
  readonly at: readonly LossAt[];
  /** Samples noised at each level. */
  readonly samples: number;
  /** Batches given to the denoiser, all levels together. */
  readonly calls: number;
  readonly seed: number;
  readonly schedule: ChainName;
}

/** What {@link lossCurve} needs. */
export interface LossCurveOptions {
  readonly denoiser: Denoiser;
  /** Clean samples in the units of the denoiser, n × size; some 128 will do. */
  readonly data: Samples;
  /** Noisiest first, each with signal and noise: some thirty, even in log SNR ({@link evenLevels}). */
  readonly levels: readonly NoiseLevel[];
  /** Samples in one call. Default 128. */
  readonly batch?: number;
  /** Of the noise. Default 0. */
  readonly seed?: number;
  /** The chain of the indices. Default: linear, 1000 steps. */
  readonly schedule?: DiscreteSchedule;
  readonly signal?: Abort;
}

/**
 * The loss curve of a denoiser, mmse(s) = E|x0 − D(x_s)|² on data: the one measurement behind grids by information
 * ({@link informationGrid}), the entropy that the data give up at each level ({@link informationAt}) and the level where
 * most is decided ({@link informationPeak}). It needs neither classes nor a covariance.
 *
 * Each sample has one draw of noise, the same at all levels, so that the curve is smooth.
 */
export async function lossCurve(options: LossCurveOptions): Promise<LossCurve> {
  checkKeys("lossCurve", options, [
    ...["denoiser", "data", "levels", "batch", "seed", "schedule", "signal"],
  ]);
  const { denoiser, data, batch = 128, seed = 0, schedule = discreteSchedule(), signal } = options;
  const levels = checkedLevels(options.levels);
  const line = linearised("lossCurve", denoiser);
  const { size } = line;
  const samples = data.length / size;
  if (!Number.isInteger(samples) || samples < 1)
    throw invalid("lossCurve", `data must hold whole samples of ${size} numbers`, data.length);
  if (!Number.isInteger(batch) || batch < 1)
    throw invalid("lossCurve", "batch must be a positive integer", batch);
  const noise = new Float64Array(data.length);
  philoxNoise(seed)(noise, size, 0);

  const at: LossAt[] = [];
  let calls = 0;
  for (const level of levels) {
    const errors = new Float64Array(samples);
    for (let first = 0; first < samples; first += batch) {
      signal?.throwIfAborted();
      const from = first * size;
      const clean = data.subarray(from, from + batch * size);
      const x = Float64Array.from(
        clean,
        (value, i) => level.alpha * value + level.sigma * noise[from + i]!,
      );
      const denoised = await line.denoise(x, level);
      calls++;
      for (let i = 0; i < clean.length; i++)
        errors[first + Math.floor(i / size)]! += (clean[i]! - denoised[i]!) ** 2;
    }
    const loss = errors.reduce((sum, error) => sum + error, 0) / samples;
    const squares = errors.reduce((sum, error) => sum + (error - loss) ** 2, 0);
    at.push({
      level,
      time: levelTime(level, schedule),
      noiseToSignal: noiseToSignal(level),
      loss,
      standardError: Math.sqrt(squares / Math.max(1, samples - 1) / samples),
    });
  }
  return { kind: "lossCurve", at, samples, calls, seed, schedule: chainName(schedule) };
}

function checkedLevels(levels: readonly NoiseLevel[]): readonly NoiseLevel[] {
  if (levels.length < 2) throw invalid("lossCurve", "levels must be at least two", levels.length);
  for (const [i, level] of levels.entries()) {
    if (!(level.alpha > 0 && level.sigma > 0 && noiseToSignal(level) < Infinity))
      throw invalid("lossCurve", `levels[${i}] must have signal and noise`, level);
    if (i > 0 && !(noiseToSignal(level) < noiseToSignal(levels[i - 1]!)))
      throw invalid("lossCurve", `levels must descend in sigma/alpha (levels[${i}])`, level);
  }
  return levels;
}
