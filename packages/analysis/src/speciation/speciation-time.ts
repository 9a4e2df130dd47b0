import {
  criticalAlphaBar,
  criticalOuTime,
  type DiscreteSchedule,
  discreteSchedule,
  speciationOuTime,
} from "@symbreak/core";
import {
  type ChainName,
  type ChainTime,
  type ChainTimeOrNever,
  chainName,
  chainTime,
} from "../chain-time.ts";

/** When the classes of the data part, on every clock, with the units it holds in. */
export interface SpeciationTime extends ChainTimeOrNever {
  /** Λ, the top eigenvalue of the covariance. */
  readonly lambda: number;
  /** The signal's squared amplitude at t_S: 1/Λ; null where there is no t_S. */
  readonly alphaBar: number | null;
  /** Where the centre loses its stability: a_c = √(1 + Λ²) − Λ, later in noise by ½ ln 2 for large Λ. */
  readonly instability: ChainTime & { readonly alphaBar: number };
  readonly scale: string;
  readonly schedule: ChainName;
}

/** Where a time is put, and what to print beside it. */
export interface TimeOptions {
  /** The chain whose indices are wanted. Default: linear, 1000 steps. */
  readonly schedule?: DiscreteSchedule;
  /** The name of the units that Λ is in. Default "as given". */
  readonly scale?: string;
}

/**
 * The speciation time t_S = ½ ln Λ (Biroli et al. 2024), with its DDPM index by the authors' rule and by the nearest, and
 * the instability law beside it.
 *
 * t_S is null, never, for Λ ≤ 1: the data do not rise above the unit noise and do not speciate in this sense.
 *
 * @param lambda in the squared units that the model sees: [−1, 1] gives four times the Λ of [0, 1]
 * @example speciationTime(7.66).ddpmIndex // 446
 */
export function speciationTime(lambda: number, options: TimeOptions = {}): SpeciationTime {
  const { schedule = discreteSchedule(), scale = "as given" } = options;
  return {
    lambda,
    ...chainTime(speciationOuTime(lambda), schedule),
    alphaBar: lambda > 1 ? 1 / lambda : null,
    instability: {
      ...chainTime(criticalOuTime(lambda), schedule),
      alphaBar: criticalAlphaBar(lambda),
    },
    scale,
    schedule: chainName(schedule),
  };
}
