import { type DiscreteSchedule, readClock } from "@symbreak/core";

/** Every 50th index, as the authors of arXiv 2402.18491, four on either side of t_S. */
const EVERY = 50;
const AROUND = 4;

/** Where to clone when nothing is said: indices of a chain about an OU time. */
export function indicesAround(ouTime: number, schedule: DiscreteSchedule): number[] {
  const { ddpmIndex = schedule.steps - 1 } = readClock({ ouTime: Math.max(ouTime, 0) }, schedule);
  const centre = EVERY * Math.round(ddpmIndex / EVERY);
  return Array.from({ length: 2 * AROUND + 1 }, (_, k) => centre + EVERY * (AROUND - k)).filter(
    (index) => index >= EVERY && index < schedule.steps,
  );
}
