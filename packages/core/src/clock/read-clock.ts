import { invalid } from "../invalid.ts";
import { logSnr as logSnrOf, noiseToSignal } from "../level.ts";
import { ou } from "../process/ou.ts";
import { sigmoid } from "../process/softplus.ts";
import { vp } from "../process/vp.ts";
import { type DiscreteSchedule, discreteSchedule } from "../schedule/discrete-schedule.ts";
import { levelAt } from "../schedule/levels.ts";
import { indexOfSigma } from "./indices.ts";

/** One moment of a variance-preserving diffusion on every clock of the field. */
export interface ClockReading {
  /** ln(alphaBar/(1 − alphaBar)), nats. */
  readonly logSnr: number;
  /** Squared signal amplitude theta². */
  readonly alphaBar: number;
  /** t of dx = −x dt + √2 dW: −½ ln alphaBar (Biroli et al.). */
  readonly ouTime: number;
  /** s in [0, 1] of the continuous DDPM, beta(s) = 0.1 + 19.9 s (Song et al., Raya & Ambrogioni); may exceed 1. */
  readonly vpTime: number;
  /** Fractional 0-based index of the discrete chain, −1 being clean; undefined beyond its end. */
  readonly ddpmIndex: number | undefined;
}

/** The same moment, given on one of the clocks. */
export type ClockTime =
  | { readonly logSnr: number }
  | { readonly alphaBar: number }
  | { readonly ouTime: number }
  | { readonly vpTime: number }
  | { readonly ddpmIndex: number };

/**
 * The time dictionary: reads one moment on all clocks.
 *
 * Converts through log SNR, which keeps its digits at both ends (alphaBar loses them near 1); the clock given keeps
 * its value.
 *
 * @example readClock({ ddpmIndex: 400 }).ouTime // 0.82105
 */
export function readClock(
  time: ClockTime,
  schedule: DiscreteSchedule = discreteSchedule(),
): ClockReading {
  const logSnr = logSnrAt(time, schedule);
  if (Number.isNaN(logSnr)) throw invalid("readClock", RULE, time);
  return {
    logSnr,
    alphaBar: sigmoid(logSnr),
    ouTime: ou().timeAt(logSnr),
    vpTime: vp().timeAt(logSnr),
    ddpmIndex: indexOfSigma(schedule, Math.exp(-0.5 * logSnr)),
    ...time,
  };
}

const RULE = "time must be one of logSnr, alphaBar in [0, 1], ouTime ≥ 0, vpTime ≥ 0, ddpmIndex";

function logSnrAt(time: ClockTime, schedule: DiscreteSchedule): number {
  if ("logSnr" in time) return time.logSnr;
  if ("alphaBar" in time) return Math.log(time.alphaBar) - Math.log1p(-time.alphaBar);
  if ("ouTime" in time) return logSnrOf(ou().level(time.ouTime));
  if ("vpTime" in time) return logSnrOf(vp().level(time.vpTime));
  if ("ddpmIndex" in time) return -2 * Math.log(noiseToSignal(levelAt(schedule, time.ddpmIndex)));
  return Number.NaN;
}
