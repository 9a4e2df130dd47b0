import {
  checkKeys,
  checkUnits,
  type ForwardProcess,
  type Grid,
  invalid,
  type Moments,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Condition } from "../condition.ts";
import type { Abort, Denoiser } from "../denoiser.ts";
import type { Network } from "../network.ts";
import type { Solver } from "../solver.ts";
import { checkedSolver, levelOf, subjectOf } from "../subject.ts";
import { type AffineScore, affineScoreTest } from "./affine-score-test.ts";
import { defaultCandidates, descending, fits, same } from "./candidates.ts";
import { discretisationError } from "./discretisation-error.ts";
import { gaussianLateStart } from "./gaussian-late-start.ts";
import { noiseStart } from "./noise-start.ts";
import type { Start } from "./start.ts";

/** A run to find the start for: as for `sample`, with the data's moments. */
export interface ChooseStartOptions {
  readonly moments: Moments;
  /** Gives the denoiser, its process, its grid and the units that the moments must have. */
  readonly network?: Network;
  readonly denoiser?: Denoiser;
  readonly process?: ForwardProcess;
  readonly grid?: Grid;
  readonly solver: Solver;
  readonly steps?: number;
  /** The levels that the network was trained at, for solvers that visit others. */
  readonly table?: readonly NoiseLevel[];
  /** What a conditional network is asked for. */
  readonly condition?: Condition;
  /** Clean samples, n × size, for the affine-score test; 64 will do. Without them it uses samples of the Gaussian. */
  readonly data?: Samples;
  /** Starts to consider: times of the process, or levels. Default: about twenty over the whole grid. */
  readonly candidates?: readonly (number | NoiseLevel)[];
  /** Seed of the test's noise (default 0). */
  readonly seed?: number;
  /**
   * An {@link affineScoreTest} made before, at every candidate and at the top: to choose for many runs of one network from
   * one test. Its levels must have signal, noisiest first.
   */
  readonly tests?: readonly AffineScore[];
  readonly signal?: Abort;
}

/** What one start is predicted to cost; errors are squared Wasserstein-2 distances in squared units of the data. */
export interface StartEstimate {
  readonly start: "late" | "noise";
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
  readonly start: Start;
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

const OPTIONS = [
  "moments",
  "network",
  "denoiser",
  "process",
  "grid",
  "solver",
  "steps",
  "table",
  "condition",
  "data",
  "candidates",
  "seed",
  "tests",
  "signal",
] as const;

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
 * @example const { start, reason } = await chooseStart({ moments, denoiser, process, solver: ddim(), steps: 5, data })
 */
export async function chooseStart(given: ChooseStartOptions): Promise<ChosenStart> {
  checkKeys("chooseStart", given, OPTIONS);
  const { moments, steps, data, seed, condition, signal } = given;
  const solver = checkedSolver("chooseStart", given.solver);
  const { denoiser, process, grid } = subjectOf("chooseStart", given);
  if (given.network !== undefined)
    checkUnits("chooseStart", "moments", moments.units, given.network.units);
  const levelsFrom = (from?: NoiseLevel) => grid.levels(process, steps, from);
  const top = levelsFrom()[0]!;
  const candidates =
    given.candidates?.map((at) => levelOf("chooseStart", at, process)) ??
    defaultCandidates(process, grid);
  const usable = candidates.filter((level) => fits(process, steps, level));
  if (usable.length === 0)
    throw invalid(
      "chooseStart",
      `candidates must leave room for ${steps} steps`,
      candidates.length,
    );

  // Without signal (zero terminal SNR) there is nothing to test, and any law is a Gaussian.
  const levels = descending([top, ...defaultCandidates(process, grid), ...usable]).filter(
    (l) => l.alpha > 0,
  );
  const tests =
    given.tests ??
    (await affineScoreTest({ denoiser, moments, levels, data, seed, condition, signal }));
  for (const level of [top, ...usable])
    if (level.alpha > 0 && !tests.some((test) => same(test.level, level)))
      throw invalid(
        "chooseStart",
        "tests must be made at every candidate and at the top",
        level.timestep,
      );
  const estimate = async (start: "late" | "noise", at: NoiseLevel): Promise<StartEstimate> => {
    const walked = levelsFrom(at === top && start === "noise" ? undefined : at);
    const error = await discretisationError({
      moments,
      solver,
      process,
      table: given.table,
      levels: walked,
      start,
    });
    const test = tests.find(({ level }) => same(level, at));
    const { nonGaussian = 0, lossRatio = null, scoreDistance = 0 } = test ?? {};
    const total = error + nonGaussian;
    return { start, at, discretisation: error, nonGaussian, total, lossRatio, scoreDistance };
  };
  const estimates = [await estimate("noise", top)];
  for (const level of descending(usable))
    for (const start of ["noise", "late"] as const)
      if (start === "late" || !same(level, top)) estimates.push(await estimate(start, level));

  const noise = best(estimates.filter(({ start }) => start === "noise"));
  const late = best(estimates.filter(({ start }) => start === "late"));
  const chosen = late.total < MARGIN * noise.total ? late : noise;
  const start =
    chosen === late
      ? gaussianLateStart(moments, late.at)
      : same(noise.at, top)
        ? noiseStart()
        : noiseStart(noise.at);
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
