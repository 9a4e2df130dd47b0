import {
  allocate,
  checkKeys,
  convert,
  invalid,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import type { Step, WalkOptions } from "../solver.ts";
import { combine } from "./combine.ts";

/** What one call says about a batch x = alpha·x0 + sigma·epsilon. */
export interface Estimate {
  /** E[x0 | x] as the network sees it, thresholded if asked for. */
  readonly denoised: Samples;
  readonly epsilon: Samples;
}

/** A network's answer before it is read as anything: the prediction and, if it learned one, the variance half. */
export interface Output {
  readonly prediction: Samples;
  readonly variance: Samples | undefined;
}

/** One run's dealings with the denoiser and the noise; {@link connect} makes it. */
export interface Connection {
  /**
   * Asks the denoiser about `x` at `level`: checked, counted, and not after an abort. `samples` are the numbers of the rows
   * where they are not those of the batch.
   */
  ask(x: Samples, level: NoiseLevel, step: number, samples?: ArrayLike<number>): Promise<Output>;
  /** Reads a prediction as an estimate for `x` at `level`. */
  read(prediction: Samples, x: Samples, level: NoiseLevel): Estimate;
  /** {@link ask}, then {@link read}. */
  estimate(
    x: Samples,
    level: NoiseLevel,
    step: number,
    samples?: ArrayLike<number>,
  ): Promise<Estimate>;
  /** The next draw of standard normal noise, shaped as the batch. */
  draw(): Samples;
  /** What to yield after step `index` (from 0) has brought the batch to `level`. */
  reached(x: Samples, denoised: Samples, level: NoiseLevel, index: number): Step;
}

/** Particulars of a few solvers. */
export interface ConnectOptions {
  /** Walk towards noise (DDIM inversion). */
  readonly ascending?: boolean;
  /** Leave epsilon as the network said it when x0 is thresholded. */
  readonly keepEpsilon?: boolean;
}

/** The keys of {@link WalkOptions}: a solver's own settings belong to the solver. */
const OPTIONS = [
  "noise",
  "samples",
  "condition",
  "threshold",
  "process",
  "table",
  "signal",
  "quirks",
] as const satisfies readonly (keyof WalkOptions)[];

/** Checks a run's arguments and returns its line to the denoiser; errors are named after `solver`. */
export function connect(
  solver: string,
  denoiser: Denoiser,
  like: Samples,
  levels: readonly NoiseLevel[],
  options: WalkOptions,
  { ascending = false, keepEpsilon = false }: ConnectOptions = {},
): Connection {
  checkKeys(solver, options, OPTIONS);
  const size = denoiser.shape.reduce((product, length) => product * length, 1);
  if (like.length === 0 || like.length % size !== 0)
    throw invalid(solver, `x must hold whole samples of ${size} numbers`, like.length);
  checkLevels(solver, levels, options.quirks?.relabel ? undefined : ascending);
  const { noise, signal, threshold, condition } = options;
  let nfe = 0;
  let draws = 0;

  const ask: Connection["ask"] = async (x, level, step, samples = options.samples) => {
    signal?.throwIfAborted();
    nfe += denoiser.calls?.(level) ?? 1;
    const output = await denoiser.predict(x, level, { samples, condition, signal });
    const where = `step ${step + 1} of ${levels.length - 1}, ${name(level)}`;
    const length = denoiser.variance ? 2 * x.length : x.length;
    if (output.length !== length)
      throw invalid(solver, `the denoiser must return ${length} numbers (${where})`, output.length);
    for (let i = 0; i < length; i++)
      if (!Number.isFinite(output[i]!))
        throw invalid(solver, `the denoiser must return finite numbers (${where})`, output[i]);
    return denoiser.variance
      ? { prediction: half(output, size, 0), variance: half(output, size, 1) }
      : { prediction: output, variance: undefined };
  };

  const read: Connection["read"] = (prediction, x, level) => {
    const denoised = convert(prediction, x, level, denoiser.predicts, "sample");
    threshold?.apply(denoised, size);
    const epsilon =
      threshold !== undefined && !keepEpsilon && level.sigma > 0
        ? combine([1 / level.sigma, x], [-level.alpha / level.sigma, denoised])
        : convert(prediction, x, level, denoiser.predicts, "epsilon");
    return { denoised, epsilon };
  };

  return {
    ask,
    read,
    estimate: async (x, level, step, samples) =>
      read((await ask(x, level, step, samples)).prediction, x, level),
    draw() {
      if (noise === undefined)
        throw invalid(
          solver,
          "noise must be given (philoxNoise(seed), say) to a stochastic run",
          noise,
        );
      const out = allocate(like);
      noise(out, size, ++draws);
      return out;
    },
    reached: (x, denoised, level, index) => ({ x, denoised, level, index: index + 1, nfe }),
  };
}

/** `direction` undefined: a quirk walks wherever it likes. */
function checkLevels(solver: string, levels: readonly NoiseLevel[], ascending?: boolean): void {
  if (levels.length < 2)
    throw invalid(
      solver,
      "levels must be at least two: where it starts and where it ends",
      levels.length,
    );
  for (const [i, level] of levels.entries()) {
    const { alpha, sigma } = level;
    if (!(alpha >= 0 && sigma >= 0 && alpha + sigma > 0 && alpha + sigma < Infinity))
      throw invalid(
        solver,
        `levels[${i}] must have finite alpha, sigma ≥ 0, not both 0`,
        name(level),
      );
    if (i === 0 || ascending === undefined) continue;
    const [noisy, clean] = ascending ? [level, levels[i - 1]!] : [levels[i - 1]!, level];
    // Float32 tables may repeat a level with another last place.
    if (noisy.sigma * clean.alpha < clean.sigma * noisy.alpha * (1 - 1e-6))
      throw invalid(
        solver,
        `levels must ${ascending ? "ascend" : "descend"} in sigma/alpha (levels[${i}])`,
        name(level),
      );
  }
}

function name({ alpha, sigma, timestep }: NoiseLevel): string {
  return `alpha ${alpha}, sigma ${sigma}, timestep ${timestep}`;
}

/** Each sample's first or second `size` numbers. */
function half(output: Samples, size: number, which: 0 | 1): Samples {
  const out = allocate(output, output.length / 2);
  for (let at = 0; at < out.length; at += size)
    out.set(output.subarray(2 * at + which * size, 2 * at + (which + 1) * size), at);
  return out;
}
