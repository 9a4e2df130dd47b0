import { checkKeys, invalid, logSnr, type NoiseLevel } from "@symbreak/core";

/** One end of a window: a log SNR in nats, a level, or null where it is open. */
export type LogSnrBound = number | NoiseLevel | null;

/** A window of levels, the noisy end first, which belongs to it; the clean end does not. */
export type LogSnrWindow = readonly [noisiest: LogSnrBound, cleanest: LogSnrBound];

/** How samples are guided, as plain JSON. */
export interface Guidance {
  /**
   * w of s_r + w (s_c − s_r), with s_r the score that is led away from: of no class, or of a weaker network. 1 is the network
   * itself, more overshoots. (Ho & Salimans's own w is this minus 1.)
   */
  readonly weight: number;
  /**
   * Where the weight holds; elsewhere it is 1. Guidance is harmful at much noise and needless at little (Kynkäänniemi et al.
   * 2024, arXiv 2404.07724). Default everywhere.
   */
  readonly interval?: LogSnrWindow | undefined;
  /**
   * α > −1 of the power law (Pavasovic et al. 2025, arXiv 2502.07849): w − 1 is multiplied by |s_c − s_r|^α, sample by
   * sample, with the scores of x at unit variance. Default 0.
   */
  readonly power?: number | undefined;
  /** A window in which the class is held back, with a weight below 1 (arXiv 2602.00716); it goes before the interval. */
  readonly negative?: { readonly weight: number; readonly interval: LogSnrWindow } | undefined;
}

/** Checks guidance that came from a caller or a file. */
export function checkGuidance(where: string, guidance: Guidance): void {
  checkKeys(where, guidance, ["weight", "interval", "power", "negative"]);
  const { weight, interval, power = 0, negative } = guidance;
  if (!Number.isFinite(weight)) throw invalid(where, "weight must be finite", weight);
  if (!(power > -1 && power < Infinity))
    throw invalid(where, "power must be finite and above −1", power);
  if (interval !== undefined) checkWindow(where, "interval", interval);
  if (negative === undefined) return;
  checkKeys(`${where}: negative`, negative, ["weight", "interval"]);
  if (!(negative.weight < 1 && negative.weight > -Infinity))
    throw invalid(where, "negative.weight must be finite and below 1", negative.weight);
  checkWindow(where, "negative.interval", negative.interval);
}

/** The weight w at a level. */
export function weightAt({ weight, interval, negative }: Guidance, level: NoiseLevel): number {
  if (negative !== undefined && isInside(negative.interval, level)) return negative.weight;
  return interval === undefined || isInside(interval, level) ? weight : 1;
}

function isInside(window: LogSnrWindow, level: NoiseLevel): boolean {
  const [low, high] = ends(window);
  const at = logSnr(level);
  return low <= at && at < high;
}

function ends([noisiest, cleanest]: LogSnrWindow): [low: number, high: number] {
  return [boundOf(noisiest, -Infinity), boundOf(cleanest, Infinity)];
}

function boundOf(bound: LogSnrBound, open: number): number {
  if (bound === null) return open;
  return typeof bound === "number" ? bound : logSnr(bound);
}

function checkWindow(where: string, key: string, window: LogSnrWindow): void {
  const rule = `${key} must be [noisiest, cleanest], two log SNRs in ascending order, levels or null`;
  if (!Array.isArray(window) || window.length !== 2) throw invalid(where, rule, window);
  const isBound = (bound: LogSnrBound) =>
    bound === null || typeof bound === "number" || typeof bound?.alpha === "number";
  if (!window.every(isBound)) throw invalid(where, rule, window);
  const [low, high] = ends(window);
  if (!(low < high)) throw invalid(where, rule, window);
}
