import { invalid, logSnr, type NoiseLevel } from "@symbreak/core";

/** Steps of a walk after which its level is the nearest in log SNR to one of the times; never its last level. */
export function nearestSteps(
  where: string,
  levels: readonly NoiseLevel[],
  ouTimes: readonly number[],
): Set<number> {
  const wrong = ouTimes.find((time) => !(time > 0 && time < Infinity));
  if (wrong !== undefined || ouTimes.length === 0)
    throw invalid(where, "ouTimes must list finite times above 0", wrong ?? ouTimes);
  const noisy = levels.slice(0, -1).map((level) => logSnr(level));
  const nearest = (time: number) => {
    const wanted = -Math.log(Math.expm1(2 * time));
    const away = noisy.map((value) => Math.abs(value - wanted));
    return away.reduce((best, distance, i) => (distance < away[best]! ? i : best), 0);
  };
  return new Set(ouTimes.map(nearest));
}
