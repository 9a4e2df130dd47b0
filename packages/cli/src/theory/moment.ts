import { discreteSchedule, nearestIndex } from "@symbreak/core";

/** A critical level on every axis; the DDPM index is the nearest of the linear 1000-step schedule, 0-based. */
export interface Moment {
  readonly alphaBar: number;
  readonly theta: number;
  /** OU time; null where alphaBar is 0, before all times. */
  readonly ouTime: number | null;
  readonly ddpmIndex: number | null;
}

/** Reads a critical ᾱ on every axis. */
export function moment(alphaBar: number): Moment;
export function moment(alphaBar: number | null): Moment | null;
export function moment(alphaBar: number | null): Moment | null {
  if (alphaBar === null) return null;
  const reached = alphaBar > 0;
  return {
    alphaBar,
    theta: Math.sqrt(alphaBar),
    ouTime: reached ? -0.5 * Math.log(alphaBar) : null,
    ddpmIndex: reached ? nearestIndex(discreteSchedule(), alphaBar) : null,
  };
}
