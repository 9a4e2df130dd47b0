import { invalid } from "../invalid.ts";
import { CLEAN, type NoiseLevel } from "../level.ts";

/**
 * A continuous diffusion of clean data: `dx = drift(t)·x dt + diffusion(t) dW`, whose marginal is
 * `x_t = alpha(t)·x_0 + sigma(t)·epsilon`.
 */
export interface Process {
  readonly name: string;
  /** Cleanest time that samplers go down to; the process itself begins at 0. */
  readonly tMin: number;
  /** Noisiest time, where sampling starts. */
  readonly tMax: number;
  alpha(t: number): number;
  sigma(t: number): number;
  /** Coefficient f of the linear drift, 1/time: f = alpha′/alpha. */
  drift(t: number): number;
  /** Coefficient g of the noise, 1/√time: g² = (sigma²)′ − 2 f sigma². */
  diffusion(t: number): number;
  /** alpha and sigma at t; what the network is told is t. */
  level(t: number): NoiseLevel;
  /** The time with this log SNR (nats): the inverse of `logSnr(level(t))`; may lie beyond tMin or tMax. */
  timeAt(logSnr: number): number;
}

/** Completes the six functions that define a process. */
export function makeProcess(definition: Omit<Process, "level">): Process {
  const { name, tMin, tMax, alpha, sigma } = definition;
  if (!(tMin >= 0 && tMax > tMin))
    throw invalid(name, "tMin and tMax must satisfy 0 ≤ tMin < tMax", [tMin, tMax]);
  return { ...definition, level: (t) => ({ alpha: alpha(t), sigma: sigma(t), timestep: t }) };
}

/** The levels of descending times, then `end` (clean data unless told otherwise; null for none). */
export function processLevels(
  process: Process,
  times: ArrayLike<number>,
  end: NoiseLevel | null = CLEAN,
): NoiseLevel[] {
  const list = Array.from(times, (t, i) => {
    if (i > 0 && !(t < times[i - 1]!))
      throw invalid("processLevels", "times must strictly descend", times);
    return process.level(t);
  });
  return end === null ? list : [...list, end];
}
