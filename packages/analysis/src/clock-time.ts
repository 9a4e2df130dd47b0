import { type DiscreteSchedule, logSnr, type NoiseLevel, readClock } from "@symbreak/core";

/** One moment in OU time (dx = −x dt + √2 dW) and between the indices of a discrete chain. */
export interface ClockTime {
  readonly ouTime: number;
  /** Fractional, 0-based; null beyond the chain's end. */
  readonly ddpmIndex: number | null;
}

/** The moment with this log SNR, of a level of any process. */
export function levelTime(level: NoiseLevel, schedule: DiscreteSchedule): ClockTime {
  return clockTime({ logSnr: logSnr(level) }, schedule);
}

/** A moment given on any clock. */
export function clockTime(
  time: Parameters<typeof readClock>[0],
  schedule: DiscreteSchedule,
): ClockTime {
  const { ouTime, ddpmIndex } = readClock(time, schedule);
  return { ouTime, ddpmIndex: ddpmIndex === undefined ? null : withoutRounding(ddpmIndex) };
}

/** A whole index that has been through a logarithm comes back whole. */
function withoutRounding(index: number): number {
  const whole = Math.round(index);
  return Math.abs(index - whole) < 1e-6 ? whole : index;
}
