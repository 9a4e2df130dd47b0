import { percentileInterval } from "./percentile-interval.ts";
import { resamples } from "./resamples.ts";

/** A mean over samples and its 95 % bootstrap interval. */
export interface MeanInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;

/** A function that gives means of `count` values their intervals, from the same resamples each time. */
export function meanIntervals(
  count: number,
  seed: number,
): (values: ArrayLike<number>) => MeanInterval {
  const chosen = [...resamples(count, RESAMPLES, seed)];
  return (values) => {
    let total = 0;
    for (let i = 0; i < count; i++) total += values[i]!;
    const boots = chosen.map((indices) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += values[indices[i]!]!;
      return sum / count;
    });
    return { value: total / count, ...percentileInterval(boots) };
  };
}
