import type { ForwardProcess, Noise, NoiseLevel, Samples } from "@symbreak/core";
import type { Condition } from "./condition.ts";
import type { Abort, Denoiser } from "./denoiser.ts";
import type { Quirks } from "./quirks.ts";
import type { Threshold } from "./thresholding.ts";

/** What a solver yields after each step. */
export interface Step {
  /** The batch at `level`. */
  readonly x: Samples;
  /** The step's estimate of the clean data. */
  readonly denoised: Samples;
  /** The level just reached. */
  readonly level: NoiseLevel;
  /** Steps done, from 1. */
  readonly index: number;
  /** Network calls made so far; a guided call counts as many as it makes. */
  readonly nfe: number;
}

/** What a walk needs besides the network, the batch and the levels. */
export interface WalkOptions {
  /** Needed by stochastic solvers. Draw 0 belongs to the start; solvers use 1, 2, … in order. */
  readonly noise?: Noise | undefined;
  /** The numbers of the samples in the batch, row by row, for denoisers that tell samples apart. */
  readonly samples?: ArrayLike<number> | undefined;
  /** What the samples are conditioned on; handed to the denoiser. */
  readonly condition?: Condition | undefined;
  /** Applied to each estimate of the clean data (`clip`, `dynamicThreshold`); epsilon follows it. */
  readonly threshold?: Threshold | undefined;
  /** The process of the levels, for solvers that visit levels between those of the walk. */
  readonly process?: ForwardProcess | undefined;
  /**
   * The levels that the network was trained at, descending. Solvers that visit levels between those of the walk (PNDM,
   * KDPM2, churn) name them by interpolation in this table; without it, in the walk itself.
   */
  readonly table?: readonly NoiseLevel[] | undefined;
  /** Checked between network calls. */
  readonly signal?: Abort | undefined;
  /** How other implementations depart from the papers; nobody else needs it. */
  readonly quirks?: Quirks | undefined;
}

/**
 * A configured solver, such as `ddim({ eta: 1 })`: a value that says what it is and walks.
 *
 * To write one of your own, return an object of this shape; `connect` checks the arguments, asks the network and counts.
 */
export interface Solver {
  /** Its name in the table `SOLVERS`. */
  readonly name: string;
  /** Its settings as plain JSON, as given: `solverOf({ name, settings })` makes it again. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Whether a walk draws noise, and so needs `noise`. */
  readonly stochastic: boolean;
  /** Network calls of a walk of so many steps to clean data; undefined where the solver adapts. */
  calls(steps: number): number | undefined;
  /** Walks `levels` (descending noise, the last one is where it ends) from the batch `x` at `levels[0]`. */
  walk(
    denoiser: Denoiser,
    x: Samples,
    levels: readonly NoiseLevel[],
    options?: WalkOptions,
  ): AsyncGenerator<Step, void, undefined>;
}
