import { discreteSchedule, invalid, levelAt, type Moments, ouTimeOf } from "@symbreak/core";
import type { ResolvedConfig } from "./config.ts";

/** OU time above t_S that is trained as well. */
const MARGIN = 0.25;

/** Whether a run trains below its data's late start and does not know yet where that is. */
export function needsLateTimes({ objective }: Pick<ResolvedConfig, "objective">): boolean {
  if (objective.name !== "simple") return false;
  return objective.times?.from === "late" && objective.times.below === undefined;
}

/**
 * The config with `objective.times.below` worked out where it says `from: "late"`: the first index of the schedule whose
 * OU time, ½ ln(1/alphaBar), is more than `margin` above t_S = ½ ln Λ (Raya & Ambrogioni 2023; Biroli et al. 2024), Λ the
 * largest variance of the training data in the network's units. Other configs come back as they are.
 *
 * @throws RangeError where the moments have no spectrum, and for data that never break the symmetry, Λ ≤ 1
 */
export function withLateTimes(
  config: ResolvedConfig,
  { covariance }: Pick<Moments, "covariance">,
): ResolvedConfig {
  const { objective } = config;
  if (objective.name !== "simple" || !needsLateTimes(config)) return config;
  if (covariance.kind !== "spectral")
    throw invalid("withLateTimes", "the moments must have eigenvalues", covariance.kind);
  const top = covariance.eigenvalues[0]!;
  if (!(top > 1)) throw invalid("withLateTimes", "the largest variance must exceed 1", top);
  const { margin = MARGIN } = objective.times!;
  const end = 0.5 * Math.log(top) + margin;
  const schedule = discreteSchedule(config.schedule);
  let below = 0;
  while (below < schedule.steps && ouTimeOf(levelAt(schedule, below)) <= end) below++;
  return { ...config, objective: { ...objective, times: { ...objective.times, below } } };
}
