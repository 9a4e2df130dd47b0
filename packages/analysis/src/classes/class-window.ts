import { checkKeys, type DiscreteSchedule, discreteSchedule, invalid } from "@symbreak/core";
import { type ClockTime, clockTime } from "../clock-time.ts";
import type { ClassEvidence } from "./class-evidence.ts";
import { groupPosterior } from "./group-posterior.ts";

/** The stretch of time in which it is decided which of two groups a sample belongs to. */
export interface ClassWindow {
  /** Total variation between the two groups under noise, from noise to data: 0 to 1. */
  readonly totalVariation: readonly number[];
  /** Where it comes to epsilon on the way from noise; null where it does not within the evidence's times. */
  readonly opens: ClockTime | null;
  /** Where it comes to 1 − epsilon; null likewise. */
  readonly closes: ClockTime | null;
}

/**
 * The critical window of two groups of classes by total variation (arXiv 2403.01633), for laws of any form: with both
 * groups as likely, TV = E|p − p'| of their posterior shares.
 */
export function classWindow(
  evidence: ClassEvidence,
  groups: readonly [readonly number[], readonly number[]],
  options: { readonly epsilon?: number; readonly schedule?: DiscreteSchedule } = {},
): ClassWindow {
  checkKeys("classWindow", options, ["epsilon", "schedule"]);
  const { epsilon = 0.1, schedule = discreteSchedule() } = options;
  if (!(epsilon > 0 && epsilon < 0.5))
    throw invalid("classWindow", "epsilon must lie in (0, 0.5)", epsilon);
  const { posteriors, own, weights } = groupPosterior("classWindow", evidence, groups);
  const counts = [0, 1].map((group) => own.filter((g) => g === group).length);
  if (Math.min(...counts) === 0)
    throw invalid("classWindow", "both groups must have samples", counts);
  const totalVariation = posteriors.map((rows) => {
    const sums = [0, 0];
    own.forEach((group, n) => {
      const [p, q] = [rows[2 * n]! / weights[0]!, rows[2 * n + 1]! / weights[1]!];
      sums[group]! += Math.abs(p - q) / (p + q);
    });
    return 0.5 * (sums[0]! / counts[0]! + sums[1]! / counts[1]!);
  });
  const times = evidence.at.map(({ ouTime }) => ouTime);
  const reaches = (share: number): ClockTime | null => {
    const after = totalVariation.findIndex((value) => value >= share);
    if (after < 1) return null;
    const [below, above] = [totalVariation[after - 1]!, totalVariation[after]!];
    const part = (share - below) / (above - below);
    const ouTime = times[after - 1]! + part * (times[after]! - times[after - 1]!);
    return clockTime({ ouTime }, schedule);
  };
  return { totalVariation, opens: reaches(epsilon), closes: reaches(1 - epsilon) };
}
