import { invalid } from "@symbreak/core";
import type { Memory } from "./objective.ts";

/** How many of the latest losses are kept for each time. */
const HISTORY = 10;

/**
 * Times drawn in proportion to √mean L_t² of the last ten losses at each (Nichol & Dhariwal 2021, section 3.3), or to
 * their mean, mixed with a share of uniform ones; uniform until every time has its ten.
 */
export interface ImportanceTimes {
  /** T. */
  readonly steps: number;
  /** The time at a fraction in (0, 1) of the distribution, and the weight 1/(T p_t) that keeps the mean unbiased. */
  draw(fraction: number): { index: number; weight: number };
  observe(index: number, loss: number): void;
  /** T × 10 losses, then for each time how many there are and, from 10 on, which is the oldest. */
  save(): Float32Array;
  load(saved: ArrayLike<number>): void;
}

/**
 * Importance-sampled times 0 … steps − 1, with nothing observed yet. `uniform` is the share of uniform draws. By "rms" the
 * weighted losses vary least; by "mean" as many times are drawn as there is of what is observed.
 */
export function importanceTimes(
  steps: number,
  uniform: number = 0.001,
  by: "rms" | "mean" = "rms",
): ImportanceTimes {
  const losses = new Float32Array(steps * HISTORY);
  const counts = new Float32Array(steps);
  let cumulative: Float64Array | undefined;

  return {
    steps,
    draw: (fraction) => {
      cumulative ??= cumulate(losses, counts, uniform, by === "rms" ? rootMeanSquare : mean);
      const target = fraction * cumulative[steps]!;
      let [low, high] = [0, steps - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle + 1]! > target) high = middle;
        else low = middle + 1;
      }
      const share = (cumulative[low + 1]! - cumulative[low]!) / cumulative[steps]!;
      return { index: low, weight: 1 / (steps * share) };
    },
    observe: (index, loss) => {
      const count = counts[index]!;
      losses[index * HISTORY + (count % HISTORY)] = loss;
      counts[index] = count + 1 === 2 * HISTORY ? HISTORY : count + 1;
      cumulative = undefined;
    },
    save: () => Float32Array.of(...losses, ...counts),
    load: (saved) => {
      if (saved.length !== losses.length + steps) {
        const rule = `saved must have ${losses.length + steps} values, for ${steps} times`;
        throw invalid("importanceTimes", rule, saved.length);
      }
      for (let i = 0; i < losses.length; i++) losses[i] = saved[i]!;
      for (let i = 0; i < steps; i++) counts[i] = saved[losses.length + i]!;
      cumulative = undefined;
    },
  };
}

/** Sums of the times' probabilities from 0: steps + 1 of them. */
function cumulate(
  losses: Float32Array,
  counts: Float32Array,
  uniform: number,
  average: (values: Float32Array, from: number) => number,
): Float64Array {
  const steps = counts.length;
  const shares = new Float64Array(steps).fill(1);
  if (counts.every((count) => count >= HISTORY))
    for (let t = 0; t < steps; t++) shares[t] = average(losses, t * HISTORY);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const sums = new Float64Array(steps + 1);
  for (let t = 0; t < steps; t++) {
    const share = total > 0 ? shares[t]! / total : 1 / steps;
    sums[t + 1] = sums[t]! + (1 - uniform) * share + uniform / steps;
  }
  return sums;
}

function rootMeanSquare(values: Float32Array, from: number): number {
  let squares = 0;
  for (let i = from; i < from + HISTORY; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares / HISTORY);
}

function mean(values: Float32Array, from: number): number {
  let sum = 0;
  for (let i = from; i < from + HISTORY; i++) sum += values[i]!;
  return sum / HISTORY;
}

/** The memory of an objective with such times; `counts` is what a sample's loss is multiplied by at its position, `span` where positions end. */
export function importanceMemory(
  times: ImportanceTimes,
  counts: (position: number) => number = () => 1,
  span = 1,
): Memory {
  return {
    observe: ({ positions }, perSample) => {
      for (const [i, position] of positions.entries())
        times.observe(
          Math.floor((position / span) * times.steps),
          counts(position) * perSample[i]!,
        );
    },
    save: times.save,
    load: times.load,
  };
}
