import { invalid } from "../invalid.ts";
import { logSnr, noiseToSignal } from "../level.ts";
import { linspace } from "../schedule/linspace.ts";
import type { ForwardProcess } from "./forward-process.ts";

/** Settings of {@link timeGrid}. */
export interface TimeGridOptions {
  /** Equal steps of time (default) or of log SNR. */
  readonly spacing?: "time" | "logSnr";
  /** Noisiest time. Default the process's tMax. */
  readonly start?: number;
  /** Cleanest time. Default the process's tMin. */
  readonly end?: number;
}

/** `count` descending times of a process from `start` to `end`, both included. */
export function timeGrid(
  process: ForwardProcess,
  count: number,
  { spacing = "time", start = process.tMax, end = process.tMin }: TimeGridOptions = {},
): number[] {
  if (!Number.isInteger(count) || count < 1)
    throw invalid("timeGrid", "count must be a positive integer", count);
  // By their noise, not their numbers: the scales of NCSN count from the noisiest.
  const noise = (t: number) => noiseToSignal(process.level(t));
  if (!(noise(start) > noise(end)))
    throw invalid("timeGrid", "start and end must satisfy noise(start) > noise(end)", [start, end]);
  if (spacing === "time") return Array.from(linspace(start, end, count));
  const at = (t: number) => logSnr(process.level(t));
  if (at(start) === -Infinity)
    throw invalid("timeGrid", "start must hold signal for a grid in log SNR", start);
  const inner = Array.from(linspace(at(start), at(end), count), (l) => process.timeAt(l));
  // The ends come back exactly, free of the round trip's rounding.
  return inner.map((t, i) => (i === 0 ? start : i === count - 1 ? end : t));
}
