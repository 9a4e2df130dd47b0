import type { DiscreteSchedule } from "@symbreak/core";
import { chainOfRun } from "../chain-of-run.ts";
import { type ClockTime, levelTime } from "../clock-time.ts";
import { agreementOf, type Classes, type Classify, checkClasses } from "./classes.ts";
import { type CloneOptions, cloneBranches } from "./clone-branches.ts";

/** What the clones of some trajectories did: plain numbers, so that shards can be put together. */
export interface CloneAgreements {
  readonly times: readonly ClockTime[];
  /** At each time the share of a trajectory's pairs of clones that end in one class, one a trajectory. */
  readonly agreements: readonly number[][];
  /** How many of all clones ended in each class (of probabilities: their sums). */
  readonly classCounts: readonly number[];
  /** Network evaluations of all trajectories with their clones. */
  readonly evaluations: number;
}

/** Settings of {@link cloneAgreements}. */
export interface AgreementOptions extends CloneOptions {
  /** Told of the clones' final samples, `clones` for each trajectory. */
  readonly classify: Classify;
  /** The chain of the indices. Default: that of the run, or linear, 1000 steps. */
  readonly chain?: DiscreteSchedule;
}

/** Clones trajectories first … first + count − 1 and asks the classifier where each clone ended. */
export async function cloneAgreements(options: AgreementOptions): Promise<CloneAgreements> {
  const { classify, clones = 2 } = options;
  const chain = chainOfRun(options);
  const found = new Map<number, { time: ClockTime; agreements: number[] }>();
  const classCounts: number[] = [];
  let evaluations = 0;
  for await (const branch of cloneBranches(options)) {
    const { count, step, level, samples } = branch;
    const rows = clones * count;
    const classes = await classify(samples, rows);
    const width = checkClasses("cloneAgreements", classes, rows);
    countClasses(classCounts, classes, width);
    const agreements: number[] = found.get(step)?.agreements ?? [];
    found.set(step, { time: levelTime(level, chain), agreements });
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let a = 0; a < clones; a++)
        for (let b = 0; b < a; b++)
          sum += agreementOf([classes, a * count + i], [classes, b * count + i], width);
      agreements.push(sum / ((clones * (clones - 1)) / 2));
    }
    evaluations = branch.evaluations;
  }
  const all = [...found.values()];
  return {
    times: all.map(({ time }) => time),
    agreements: all.map(({ agreements }) => agreements),
    classCounts,
    evaluations,
  };
}

function countClasses(counts: number[], classes: Classes, width: number): void {
  while (counts.length < width) counts.push(0);
  if ("labels" in classes) for (const label of Array.from(classes.labels)) counts[label]!++;
  else
    for (let i = 0; i < classes.probabilities.length; i++)
      counts[i % width]! += classes.probabilities[i]!;
}
