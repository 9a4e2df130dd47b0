import {
  type DiscreteSchedule,
  discreteSchedule,
  invalid,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import type { Step } from "../solver.ts";
import { pndm } from "./pndm.ts";
import type { WalkOptions } from "./walk-options.ts";

/** Settings of {@link fPndm}. */
export interface FPndmOptions extends WalkOptions {
  /** The chain whose table is read. Default: the linear one of DDPM. */
  readonly schedule?: DiscreteSchedule;
}

/**
 * PNDM as the repository of Raya & Ambrogioni 2023 runs it (`psdm`, after luping-liu/PNDM): kept to reproduce its
 * published numbers, not to sample well. Use {@link pndm}.
 *
 * It reads alphaBar one entry too noisy (`alphaBar[⌊t⌋ + 1]` at timestep t), stands at `alphaBar[0]` in the end, and
 * takes its first three steps by Runge–Kutta even if there are no more: with n ≤ 3 it asks the network about timesteps
 * −0.5 and −1, and with n = 3 costs 12 calls. Half-integer timesteps are told to the network as they are.
 *
 * Of `levels` only the timesteps count.
 */
export async function* fPndm(
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: FPndmOptions = {},
): AsyncGenerator<Step, void, undefined> {
  const { alphaBars } = options.schedule ?? discreteSchedule();
  const offByOne = (timestep: number): NoiseLevel => {
    const alphaBar = alphaBars[Math.trunc(timestep) + 1];
    if (alphaBar === undefined)
      throw invalid("fPndm", `timesteps must be at most ${alphaBars.length - 2}`, timestep);
    return { alpha: Math.sqrt(alphaBar), sigma: Math.sqrt(1 - alphaBar), timestep };
  };
  yield* pndm(
    denoiser,
    x,
    levels.map((level) => offByOne(level.timestep)),
    {
      ...options,
      rungeKuttaSteps: Math.min(3, levels.length - 1),
      midpoint: (from, to) => offByOne((from.timestep + to.timestep) / 2),
    },
  );
}
