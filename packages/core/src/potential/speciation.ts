import { firstIndexBelow, nearestIndex } from "../clock/indices.ts";
import { invalid } from "../invalid.ts";
import type { DiscreteSchedule } from "../schedule/discrete-schedule.ts";

/**
 * The speciation time t_S = ½ ln Λ in OU time: where the top variance Λ of the data, in the units that the model sees,
 * has sunk to that of the noise (Biroli et al. 2024). Null, never, for Λ ≤ 1: the data do not rise above the unit noise.
 */
export function speciationOuTime(lambda: number): number | null {
  if (!(lambda > 0)) throw invalid("speciationOuTime", "lambda must be positive", lambda);
  return lambda > 1 ? 0.5 * Math.log(lambda) : null;
}

/** t_S on the axis of a discrete chain, 0-based. */
export interface SpeciationIndices {
  /** The authors' rule: the first index with alphaBar < 1/Λ; undefined when the chain ends before. */
  readonly first: number | undefined;
  /** The index whose √alphaBar is nearest to 1/√Λ. */
  readonly nearest: number;
}

/** The DDPM indices of the speciation time, by both rules in use. */
export function speciationIndices(lambda: number, schedule: DiscreteSchedule): SpeciationIndices {
  if (!(lambda > 0)) throw invalid("speciationIndices", "lambda must be positive", lambda);
  return {
    first: firstIndexBelow(schedule, 1 / lambda),
    nearest: nearestIndex(schedule, 1 / lambda),
  };
}
