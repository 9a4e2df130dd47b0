import { checkKeys, invalid, type NoiseLevel, noiseToSignal, type Samples } from "@symbreak/core";
import type { WalkOptions } from "../solver.ts";
import { combine } from "./combine.ts";
import type { Connection } from "./connect.ts";
import { levelOfRatio } from "./level-between.ts";

/** Noise added before each step (Karras et al. 2022, algorithm 2). */
export interface Churn {
  /** S_churn: the total amount, spread over the steps; a step raises sigma by at most √2. Default 0. */
  readonly amount?: number;
  /** S_tmin, S_tmax: only while sigma/alpha lies between them. Default everywhere. */
  readonly min?: number;
  readonly max?: number;
  /** S_noise: standard deviation of the noise; slightly above 1 makes up for lost detail. Default 1. */
  readonly noise?: number;
}

/** The churn, checked, its infinities the largest number: what JSON holds. */
export function checkedChurn(where: string, churn: Churn): Churn {
  checkKeys(`${where}: churn`, churn, ["amount", "min", "max", "noise"]);
  const finite = Object.entries(churn).map(([key, value]) => {
    if (typeof value !== "number" || Number.isNaN(value))
      throw invalid(where, `churn.${key} must be a number`, value);
    return [key, Math.max(-Number.MAX_VALUE, Math.min(value, Number.MAX_VALUE))] as const;
  });
  const { amount = 0 } = churn;
  if (!(amount >= 0)) throw invalid(where, "churn.amount must be at least 0", amount);
  return Object.fromEntries(finite);
}

/** The batch and its level, raised by this step's share of the churn. */
export function churned(
  x: Samples,
  level: NoiseLevel,
  levels: readonly NoiseLevel[],
  { amount = 0, min = 0, max = Infinity, noise = 1 }: Churn,
  network: Connection,
  { table = levels }: WalkOptions,
): { x: Samples; level: NoiseLevel } {
  const s = noiseToSignal(level);
  const gamma = s >= min && s <= max ? Math.min(amount / (levels.length - 1), Math.SQRT2 - 1) : 0;
  if (gamma === 0) return { x, level };
  const raised = s * (1 + gamma);
  const { timestep } = levelOfRatio(table, raised);
  const added = noise * Math.sqrt(raised ** 2 - s ** 2);
  return {
    x: combine([1, x], [level.alpha * added, network.draw()]),
    level: { alpha: level.alpha, sigma: level.alpha * raised, timestep },
  };
}
