import { chainOfRun } from "../chain-of-run.ts";
import {
  type AgreementOptions,
  type CloneAgreements,
  cloneAgreements,
} from "./clone-agreements.ts";
import { type CloningCurve, cloningCurve } from "./cloning-curve.ts";

/** phi against time, and how it came about, as plain JSON. */
export interface Cloning extends CloningCurve {
  /** Share of all clones that ended in each class; their squares' sum is phi of strangers. */
  readonly classShares: readonly number[];
  readonly strangers: number;
  readonly trajectories: number;
  /** Continuations of a trajectory at a time. */
  readonly clones: number;
  /** Network evaluations a trajectory, with all its clones. */
  readonly nfe: number;
  readonly solver: string;
  /** Decimal. */
  readonly seed: string;
}

/** Settings of {@link cloning}. */
export interface CloningOptions extends AgreementOptions {
  /** Where phi is said to cross. Default 0.775. */
  readonly crossingAt?: number;
}

/**
 * The cloning curve phi(t) of Biroli et al. 2024 by simulation: the probability that two continuations of one trajectory,
 * parted at t with independent noise, end in one class. 1 near the data; far out the chance that strangers agree.
 *
 * With labels each trajectory votes 0 or 1. With probabilities a pair counts Σ_k p_k p'_k, so that for the exact posterior
 * of overlapping classes phi is E Σ_k p(k | x_t)².
 *
 * @example
 * const { phi, crossing } = await cloning({
 *   denoiser, solver: ddpm({ variance: "fixedLarge" }), process: discreteSchedule(), steps: 200,
 *   ouTimes: [0.5, 0.8, 1, 1.2, 1.5], count: 1000, seed: 1, classify,
 * });
 */
export async function cloning(options: CloningOptions): Promise<Cloning> {
  return cloningOf(await cloneAgreements(options), options);
}

/** The curve of what the clones of a run did. */
export function cloningOf(
  found: CloneAgreements,
  options: Omit<CloningOptions, "classify">,
): Cloning {
  const { crossingAt: threshold, count = 1, clones = 2, seed = 0, solver } = options;
  const total = found.classCounts.reduce((sum, n) => sum + n, 0);
  const classShares = found.classCounts.map((n) => n / total);
  return {
    ...cloningCurve(found.times, found.agreements, {
      ...(threshold === undefined ? {} : { threshold }),
      schedule: chainOfRun(options),
    }),
    classShares,
    strangers: classShares.reduce((sum, share) => sum + share * share, 0),
    trajectories: count,
    clones,
    nfe: found.evaluations / count,
    solver: solver.name,
    seed: String(seed),
  };
}
