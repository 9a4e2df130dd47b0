import { invalid, type Moments, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Abort, Denoiser } from "../denoiser.ts";
import { type Grid, gridLevels } from "../grid.ts";
import type { Solver, SolverOptions } from "../solver.ts";
import { type AffineScore, affineScoreTest } from "./affine-score-test.ts";
import { defaultCandidates, descending, fits, placed, same } from "./candidates.ts";
import { discretisationError } from "./discretisation-error.ts";
import { gaussianLateStart } from "./gaussian-late-start.ts";
import { noiseStart } from "./noise-start.ts";
import type { Start } from "./start.ts";

/** A run to find the start for: as for `sample`, with the data's moments. */
export type ChooseStartOptions<Options extends SolverOptions = SolverOptions> = Grid & {
  readonly moments: Moments;
  readonly denoiser: Denoiser;
  readonly solver: Solver<Options>;
  readonly options?: Omit<Options, "noise" | "signal">;
  readonly steps?: number;
  /** Clean samples, n × size, for the affine-score test; 64 will do. Without them it uses samples of the Gaussian. */
  readonly data?: Samples;
  /** Starts to consider: timesteps of the schedule, or levels. Default: about twenty over the whole grid. */
  readonly candidates?: readonly (number | NoiseLevel)[];
  /** Of the test's noise. Default 0. */
  readonly seed?: number;
  /**
   * An {@link affineScoreTest} made before, at every candidate and at the top: to choose for many runs of one network from
   * one test. Its levels must have signal, noisiest first.
   */
  readonly tests?: readonly AffineScore[];
  readonly signal?: Abort;
};

/** What one start is predicted to cost; errors are squared Wasserstein-2 distances in squared units of the data. */
export interface StartEstimate {
  readonly start: "gaussian" | "noise";
  readonly at: NoiseLevel;
  /** Of the steps: what the solver makes of the Gaussian with the data's moments. Of noise also its wrong moments. */
  readonly discretisation: number;
  /** Of the start: what the Gaussian misses of the noised data there. */
  readonly nonGaussian: number;
  readonly total: number;
  /** See `AffineScore`. */
  readonly lossRatio: number | null;
  readonly scoreDistance: number;
}

/** The chosen start and why. */
export interface ChosenStart {
  /** For `sample`. */
  readonly start: "noise" | Start;
  readonly at: NoiseLevel;
  /** Its estimate, and that of the best Gaussian late start, whether or not it beats noise. */
  readonly chosen: StartEstimate;
  readonly late: StartEstimate;
  /** One sentence. */
  readonly reason: string;
  /** Every start considered, noisiest first. */
  readonly estimates: readonly StartEstimate[];
  /** Network calls made, each on the whole batch of test samples; none where the tests were given. */
  readonly calls: number;
}

/** A Gaussian must be predicted to be this much better than noise to be worth its moments. */
const MARGIN = 0.99;

/**
 * Picks the start for so many steps of a solver: the level where discretisation error and non-Gaussianity balance.
 *
 * The discretisation error comes from the data's spectrum by the solver itself on Gaussian data (for DDIM the cosine law
 * of theory), see {@link discretisationError}: it falls with the start. The non-Gaussianity comes from the denoiser by the
 * {@link affineScoreTest}: it grows towards the data. Fewer steps weigh the first more and move the start down. Noise from
 * the top and from every candidate is judged by the same measure; where the Gaussian wins nothing over it (its moments
 * are those of noise, or it is too far from the data), noise is chosen and the reason says so.
 *
 * Not for solvers that clip or adapt to the state: their response to Gaussian data is not linear.
 *
 * @example const { start, reason } = await chooseStart({ moments, denoiser, solver: ddim, schedule, steps: 5, data })
 */
export async function chooseStart<Options extends SolverOptions>(
  given: ChooseStartOptions<Options>,
): Promise<ChosenStart> {
  const { moments, denoiser, solver, options, steps, data, seed, signal } = given;
  const top = gridLevels(given, steps)[0]!;
  const candidates = given.candidates?.map((at) => placed(at, given)) ?? defaultCandidates(given);
  const usable = candidates.filter((level) => fits(given, steps, level));
  if (usable.length === 0)
    throw invalid(
      "chooseStart",
      `candidates must leave room for ${steps} steps`,
      candidates.length,
    );

  // Without signal (zero terminal SNR) there is nothing to test, and any law is a Gaussian.
  const levels = descending([top, ...defaultCandidates(given), ...usable]).filter(
    (l) => l.alpha > 0,
  );
  const tests =
    given.tests ?? (await affineScoreTest({ denoiser, moments, levels, data, seed, signal }));
  for (const level of [top, ...usable])
    if (level.alpha > 0 && !tests.some((test) => same(test.level, level)))
      throw invalid(
        "chooseStart",
        "tests must be made at every candidate and at the top",
        level.timestep,
      );
  const estimate = async (start: "gaussian" | "noise", at: NoiseLevel): Promise<StartEstimate> => {
    const walked =
      at === top && start === "noise" ? gridLevels(given, steps) : gridLevels(given, steps, at);
    const error = await discretisationError({ moments, solver, options, levels: walked, start });
    const test = tests.find(({ level }) => same(level, at));
    const { nonGaussian = 0, lossRatio = null, scoreDistance = 0 } = test ?? {};
    const total = error + nonGaussian;
    return { start, at, discretisation: error, nonGaussian, total, lossRatio, scoreDistance };
  };
  const estimates = [await estimate("noise", top)];
  for (const level of descending(usable))
    for (const start of ["noise", "gaussian"] as const)
      if (start === "gaussian" || !same(level, top)) estimates.push(await estimate(start, level));

  const noise = best(estimates.filter(({ start }) => start === "noise"));
  const late = best(estimates.filter(({ start }) => start === "gaussian"));
  const chosen = late.total < MARGIN * noise.total ? late : noise;
  const start =
    chosen === late
      ? gaussianLateStart(moments, late.at)
      : same(noise.at, top)
        ? "noise"
        : noiseStart(noise.at, moments.size);
  return {
    start,
    at: chosen.at,
    chosen,
    late,
    reason: reason(late, noise, estimates[0]!),
    estimates,
    calls: given.tests === undefined ? levels.length : 0,
  };
}

function reason(late: StartEstimate, noise: StartEstimate, plain: StartEstimate): string {
  const { total, discretisation, nonGaussian } = late;
  const figures = (e: StartEstimate) => `${short(e.total)} from ${name(e.at)}`;
  if (total < MARGIN * noise.total)
    return `Gaussian late start at ${name(late.at)}: error ${short(total)} (discretisation ${short(discretisation)}, non-Gaussian ${short(nonGaussian)}) against ${figures(noise)} for the best noise start and ${figures(plain)} for the usual one.`;
  if (noise === plain)
    return `Noise from the top: a Gaussian late start is predicted to bring nothing, ${figures(late)} at best against ${figures(plain)}.`;
  return `Noise from ${name(noise.at)}: the Gaussian brings nothing over noise on the same grid (${figures(late)} against ${figures(noise)}); what is gained over the usual start (${figures(plain)}) is the grid's.`;
}

function best(estimates: readonly StartEstimate[]): StartEstimate {
  return estimates.reduce((a, b) => (b.total < a.total ? b : a));
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function name({ timestep, alpha, sigma }: NoiseLevel): string {
  return `timestep ${short(timestep)} (sigma/alpha ${short(sigma / alpha)})`;
}
