import type { DiscreteSchedule } from "../schedule/discrete-schedule.ts";
import { sigmaAt } from "../schedule/levels.ts";

const ROUNDING = 1e-12;

/**
 * The first index whose alphaBar lies below a value: how Biroli et al. 2024 put a time on the DDPM axis.
 * Undefined when the chain ends before.
 */
export function firstIndexBelow(
  { alphaBars }: DiscreteSchedule,
  alphaBar: number,
): number | undefined {
  const index = firstIndex(alphaBars.length, (i) => alphaBars[i]! < alphaBar);
  return index < alphaBars.length ? index : undefined;
}

/** The index whose signal amplitude √alphaBar is nearest to that of a value. */
export function nearestIndex({ alphaBars }: DiscreteSchedule, alphaBar: number): number {
  const after = firstIndex(alphaBars.length, (i) => alphaBars[i]! < alphaBar);
  if (after === 0) return 0;
  if (after === alphaBars.length) return alphaBars.length - 1;
  const theta = Math.sqrt(alphaBar);
  const above = Math.sqrt(alphaBars[after - 1]!) - theta;
  const below = theta - Math.sqrt(alphaBars[after]!);
  return above <= below ? after - 1 : after;
}

/**
 * The fractional index of a noise-to-signal ratio sigma/alpha: the inverse of `levelAt`, from −1 (clean) to the last.
 * Undefined when the chain ends before.
 */
export function indexOfSigma(schedule: DiscreteSchedule, sigma: number): number | undefined {
  const last = schedule.steps - 1;
  const after = firstIndex(last, (i) => sigmaAt(schedule, i) >= sigma);
  // The chain's own last sigma may come back from a conversion with its last digits changed.
  if (after === last && sigma > sigmaAt(schedule, last) * (1 - ROUNDING))
    return sigma > sigmaAt(schedule, last) * (1 + ROUNDING) ? undefined : last;
  const low = after === 0 ? 0 : sigmaAt(schedule, after - 1);
  const high = sigmaAt(schedule, after);
  return after - 1 + (sigma - low) / (high - low);
}

/** The first of 0 … count − 1 for which an eventually true predicate holds, else count. */
function firstIndex(count: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
