import type { Noise, NoiseLevel, Samples } from "@symbreak/core";
import type { Abort, Denoiser } from "./denoiser.ts";

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
  /** Network calls made so far. */
  readonly nfe: number;
}

/** What every solver accepts. */
export interface SolverOptions {
  /** Needed by stochastic solvers. Draw 0 belongs to the start; solvers use 1, 2, … in order. */
  readonly noise?: Noise;
  /** Checked between network calls. */
  readonly signal?: Abort;
}

/** Walks `levels` (descending noise, the last one is where it ends) from the batch `x` at `levels[0]`. */
export type Solver<Options extends SolverOptions = SolverOptions> = (
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options?: Options,
) => AsyncGenerator<Step, void, undefined>;
