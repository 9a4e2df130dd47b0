import type { NoiseLevel } from "@symbreak/core";
import type { SolverOptions } from "../solver.ts";
import type { Threshold } from "../thresholding.ts";

/** What every solver of this folder accepts. */
export interface WalkOptions extends SolverOptions {
  /** Applied to each estimate of the clean data ({@link clip}, {@link dynamicThreshold}); epsilon follows it. */
  readonly threshold?: Threshold;
  /**
   * The levels that the network was trained at, descending. Solvers that visit levels between those of the walk (PNDM,
   * KDPM2, churn) name them by interpolation in this table; without it, in the walk itself.
   */
  readonly table?: readonly NoiseLevel[];
  /** How quirks of other implementations are written; nobody else needs it. See {@link Relabel}. */
  readonly relabel?: Relabel;
}

/**
 * The levels that a transfer really uses, given the honest ones: `stage` counts the network calls of the step from 0.
 * With it the levels need not descend.
 *
 * diffusers' DDIM, say, moves from t to t − ⌊T/n⌋ and then calls the result "the next timestep of the list".
 */
export type Relabel = (
  step: number,
  stage: number,
  from: NoiseLevel,
  to: NoiseLevel,
) => readonly [from: NoiseLevel, to: NoiseLevel];

/** No quirk: every transfer is between the levels that it claims. */
export const honest: Relabel = (_step, _stage, from, to) => [from, to];
