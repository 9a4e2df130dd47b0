import {
  CLEAN,
  checkData,
  type Data,
  type DiscreteSchedule,
  dataOf,
  invalid,
  type Multiply,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import { plan, type SampleOptions, walk } from "@symbreak/samplers";
import { chainOfRun } from "../chain-of-run.ts";
import { type ClockTime, levelTime } from "../clock-time.ts";
import { nearest } from "../neighbours/nearest-neighbours.ts";

/** A run as `sample` takes it, and the training data to look for. */
export interface NeighbourChangeOptions extends SampleOptions {
  /** Training samples, in the units of the run. */
  readonly data: Data;
  /** Look after every so many steps, and at the end. Default 1. */
  readonly every?: number;
  /** The chain of the indices. Default: that of the run, or linear, 1000 steps. */
  readonly chain?: DiscreteSchedule;
  readonly multiply?: Multiply;
}

/** When trajectories settle on their nearest training sample. */
export interface NeighbourChange {
  /** Mean over trajectories of the last change, its standard error, and the spread over trajectories. */
  readonly ouTime: {
    readonly mean: number;
    readonly standardError: number;
    readonly spread: number;
  };
  /** Of the DDPM index; null where a change lies beyond the chain. */
  readonly ddpmIndex: { readonly mean: number; readonly spread: number } | null;
  /** One a trajectory: the first time looked at from which on the nearest sample stays the same. */
  readonly last: readonly ClockTime[];
  /** The nearest training sample at the end, one a trajectory. */
  readonly nearest: readonly number[];
  /** Share of trajectories that had their last neighbour from the first look on. */
  readonly settledFromStart: number;
  /** How many times were looked at: a change is known to between two of them, and dated to the later (less noise). */
  readonly looks: number;
  readonly trajectories: number;
}

/**
 * The last time at which μ*(t) = argmin |alpha a_μ − x(t)| changes along a trajectory, the second measure of collapse of
 * Biroli et al. 2024. A run of the exact empirical score settles at t_C.
 */
export async function lastNeighbourChange(
  options: NeighbourChangeOptions,
): Promise<NeighbourChange> {
  const { data, every = 1, count = 1, first = 0 } = options;
  checkData("lastNeighbourChange", data);
  if (!Number.isInteger(every) || every < 1)
    throw invalid("lastNeighbourChange", "every must be a positive integer", every);
  const chain = chainOfRun(options);
  const neighbours = new Int32Array(count).fill(-1);
  const last = new Array<ClockTime>(count);
  const changes = new Int32Array(count);
  let looks = 0;
  for await (const step of walk(plan(options))) {
    if (step.index % every !== 0 && step.index !== step.steps) continue;
    if (step.first === first) looks++;
    const time = timeOf(step.level, chain);
    const found = await nearestOf(step.x, step.level, data, options.multiply);
    found.forEach((index, n) => {
      const i = step.first - first + n;
      if (index === neighbours[i]) return;
      neighbours[i] = index;
      last[i] = time;
      changes[i]!++;
    });
  }
  const indices = last.map(({ ddpmIndex }) => ddpmIndex);
  const times = statistics(last.map(({ ouTime }) => ouTime));
  return {
    ouTime: { ...times, standardError: times.spread / Math.sqrt(count) },
    ddpmIndex: indices.includes(null) ? null : statistics(indices as number[]),
    last,
    nearest: Array.from(neighbours),
    settledFromStart: changes.filter((n) => n === 1).length / count,
    looks,
    trajectories: count,
  };
}

function timeOf(level: NoiseLevel, chain: DiscreteSchedule): ClockTime {
  return level.sigma > 0 ? levelTime(level, chain) : { ouTime: 0, ddpmIndex: CLEAN.timestep };
}

/** |alpha a − x| is least where |a − x/alpha| is. */
async function nearestOf(x: Samples, { alpha }: NoiseLevel, data: Data, multiply?: Multiply) {
  const values = Float64Array.from(x, (value) => value / alpha);
  const queries = dataOf(values, data.shape);
  return (await nearest("lastNeighbourChange", queries, data, 1, { multiply })).indices;
}

function statistics(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(square / Math.max(1, values.length - 1)) };
}
