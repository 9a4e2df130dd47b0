import {
  type DiscreteSchedule,
  discreteSchedule,
  levelAt,
  type NoiseLevel,
  readClock,
} from "@symbreak/core";

/** The chain that gives all rooms their time: Ho et al.'s linear one, on which the zoo's networks were trained. */
export const CHAIN: DiscreteSchedule = discreteSchedule();

/** The noisiest timestep, and the clean end. */
export const TOP: number = CHAIN.steps - 1;
export const BOTTOM = -1;

/** The level of a timestep, kept off the clean end, where a law of points has no density. */
export function noisyLevel(timestep: number): NoiseLevel {
  return levelAt(CHAIN, Math.min(TOP, Math.max(0, timestep)));
}

/** OU time of a timestep of the chain; 0 for clean data. */
export function ouTimeOf(timestep: number): number {
  return timestep <= BOTTOM ? 0 : readClock({ ddpmIndex: timestep }, CHAIN).ouTime;
}

/** The timestep, a fraction of one included, with this OU time; kept on the chain. */
export function timestepOf(ouTime: number): number {
  return ouTime <= 0 ? BOTTOM : (readClock({ ouTime }, CHAIN).ddpmIndex ?? TOP);
}
