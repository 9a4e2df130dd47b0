import { invalid } from "../invalid.ts";
import { CLEAN, type NoiseLevel, noiseToSignal } from "../level.ts";
import type { ForwardProcess } from "./forward-process.ts";

/**
 * A continuous diffusion of clean data: `dx = drift(t)·x dt + diffusion(t) dW`, whose marginal is
 * `x_t = alpha(t)·x_0 + sigma(t)·epsilon`.
 */
export interface Process extends ForwardProcess {
  alpha(t: number): number;
  sigma(t: number): number;
  /** Coefficient f of the linear drift, 1/time: f = alpha′/alpha. */
  drift(t: number): number;
  /** Coefficient g of the noise, 1/√time: g² = (sigma²)′ − 2 f sigma². */
  diffusion(t: number): number;
}

/** Completes the six functions that define a process. */
export function makeProcess(definition: Omit<Process, "level">): Process {
  const { name, tMin, tMax, alpha, sigma } = definition;
  if (!(tMin >= 0 && tMax > tMin))
    throw invalid(name, "tMin and tMax must satisfy 0 ≤ tMin < tMax", [tMin, tMax]);
  return {
    ...definition,
    level: (t) => ({ alpha: alpha(t), sigma: sigma(t), timestep: t }),
  };
}

/** The levels of times that descend in noise, then `end` (clean data unless told otherwise; null for none). */
export function processLevels(
  process: ForwardProcess,
  times: ArrayLike<number>,
  end: NoiseLevel | null = CLEAN,
): NoiseLevel[] {
  const list = Array.from(times, (time) => process.level(time));
  list.forEach((level, i) => {
    if (i > 0 && !(noiseToSignal(level) < noiseToSignal(list[i - 1]!)))
      throw invalid("processLevels", "times must strictly descend in noise", times);
  });
  return end === null ? list : [...list, end];
}
