import type { NoiseLevel } from "@symbreak/core";
import type { transfer } from "./solvers/transfer.ts";

/**
 * How other implementations depart from the papers, for those who must reproduce their numbers: `@symbreak/networks` asks
 * for diffusers'. Each solver heeds those that its description in diffusers needs and ignores the rest.
 */
export interface Quirks {
  readonly relabel?: Relabel;
  /** DDIM keeps the network's epsilon although x0 was thresholded. */
  readonly keepEpsilon?: boolean;
  /** DDPM adds noise in the step that reaches clean data, too. */
  readonly noiseAtEnd?: boolean;
  /** DDPM: the variance that each forward step added, one a step, where better known than from the levels. */
  readonly betas?: readonly number[];
  /** PNDM mixes the network's raw outputs and reads the mixture at the step's start. */
  readonly mixOutputs?: boolean;
  /** PNDM: the level in the middle of a Runge–Kutta step. Default: halfway in timestep, looked up in the table. */
  readonly midpoint?: (from: NoiseLevel, to: NoiseLevel) => NoiseLevel;
  /** PNDM: the move along a slope. The original repository types it in another form. */
  readonly transfer?: typeof transfer;
  /**
   * DPM-Solver of third order: the multistep method has half the second derivative, which leaves it second order; the SDE
   * form of diffusers has −1/2 for +1/2 in its weight as well.
   */
  readonly flawedThirdOrder?: boolean;
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
