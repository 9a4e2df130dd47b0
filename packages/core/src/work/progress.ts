import { invalid } from "../invalid.ts";

/**
 * How far a piece of work is, in units that cost alike (network calls, steps), never in phases. Plain numbers: stored
 * with the work, it knows the time left from the first moment of the next sitting.
 */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What the last eighth of the work took, older work weighing less. */
  readonly recent: { readonly units: number; readonly seconds: number };
}

/** The share of the work after which what it took has faded to 1/e. */
const FADES = 1 / 8;

/** The progress of work that begins. */
export function beginning(total: number): Progress {
  if (!(total >= 0)) throw invalid("beginning", "total must be 0 or more", total);
  return { done: 0, total, recent: { units: 0, seconds: 0 } };
}

/** The progress after so many more units, which took so many seconds. */
export function advanced(progress: Progress, units: number, seconds: number): Progress {
  if (!(units >= 0 && seconds >= 0))
    throw invalid("advanced", "units and seconds must be 0 or more", { units, seconds });
  const { done, total, recent } = progress;
  const kept = total > 0 ? Math.exp(-units / (FADES * total)) : 0;
  return {
    done: done + units,
    total,
    recent: {
      units: kept * recent.units + units,
      seconds: kept * recent.seconds + seconds,
    },
  };
}

/** Seconds until the rest is done at the pace of late, or undefined while nothing has been done. */
export function secondsLeft({ done, total, recent }: Progress): number | undefined {
  const left = Math.max(0, total - done);
  if (left === 0) return 0;
  return recent.units > 0 ? (left * recent.seconds) / recent.units : undefined;
}
