import { type DiscreteSchedule, discreteSchedule } from "@symbreak/core";
import { type ClockTime, clockTime } from "../clock-time.ts";

/** Agreement of clones at a time. */
interface Point extends ClockTime {
  readonly value: number;
}

/**
 * Where phi falls below a threshold, read off points in any order: from noise to data the last point below, and between it
 * and the next a straight line over the DDPM index (as the authors of arXiv 2402.18491 do), or over OU time where the chain
 * does not reach. Null where no point is below, or none lies nearer to the data.
 */
export function cloningCrossing(
  points: readonly Point[],
  threshold: number,
  schedule: DiscreteSchedule = discreteSchedule(),
): ClockTime | null {
  const descending = [...points].sort((p, q) => q.ouTime - p.ouTime);
  const at = descending.findLastIndex(({ value }) => value < threshold);
  const [below, above] = [descending[at], descending[at + 1]];
  if (below === undefined || above === undefined) return null;
  const share = (threshold - below.value) / (above.value - below.value);
  const between = (from: number, to: number) => from + share * (to - from);
  const [i, j] = [below.ddpmIndex, above.ddpmIndex];
  return i !== null && j !== null
    ? clockTime({ ddpmIndex: between(i, j) }, schedule)
    : clockTime({ ouTime: between(below.ouTime, above.ouTime) }, schedule);
}
