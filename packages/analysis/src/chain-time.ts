import {
  type DiscreteSchedule,
  firstIndexBelow,
  type NoiseLevel,
  nearestIndex,
  ouTimeOf,
} from "@symbreak/core";

/** One moment in OU time (dx = −x dt + √2 dW) and on the axis of a discrete chain, 0-based. */
export interface ChainTime {
  readonly ouTime: number;
  /** The rule of Biroli et al. 2024: the first index with alphaBar < e^{−2t}; null when the chain ends before. */
  readonly ddpmIndex: number | null;
  /** The index whose √alphaBar is nearest to e^{−t}; null likewise. */
  readonly nearestIndex: number | null;
}

/** A moment that may not come: all null where it never does. */
export type ChainTimeOrNever = { readonly [Key in keyof ChainTime]: ChainTime[Key] | null };

/** Which chain the indices belong to. */
export interface ChainName {
  readonly steps: number;
  readonly finalAlphaBar: number;
}

export function chainTime(ouTime: number, schedule: DiscreteSchedule): ChainTime;
export function chainTime(ouTime: number | null, schedule: DiscreteSchedule): ChainTimeOrNever;
export function chainTime(ouTime: number | null, schedule: DiscreteSchedule): ChainTimeOrNever {
  if (ouTime === null) return { ouTime, ddpmIndex: null, nearestIndex: null };
  const alphaBar = Math.exp(-2 * ouTime);
  const first = firstIndexBelow(schedule, alphaBar);
  if (first === undefined) return { ouTime, ddpmIndex: null, nearestIndex: null };
  return { ouTime, ddpmIndex: first, nearestIndex: nearestIndex(schedule, alphaBar) };
}

/** The moment with the log SNR of a level, of any process. */
export function levelChainTime(level: NoiseLevel, schedule: DiscreteSchedule): ChainTime {
  return chainTime(ouTimeOf(level), schedule);
}

export function chainName({ steps, alphaBars }: DiscreteSchedule): ChainName {
  return { steps, finalAlphaBar: alphaBars[steps - 1]! };
}
