import { checkKeys, type DiscreteSchedule, discreteSchedule, type Multiply } from "@symbreak/core";
import type { ClockTime } from "../clock-time.ts";
import { type BetweenClasses, betweenClasses, type ClassPair } from "./between-classes.ts";
import { type ClassCurve, classCurve } from "./class-curve.ts";
import { type ClassTree, classTree } from "./class-tree.ts";
import { type ClassWindow, classWindow } from "./class-window.ts";
import { empiricalEvidence } from "./empirical-evidence.ts";
import type { Labelled } from "./labelled.ts";

/** Two classes: when they part, by their means and exactly. */
export interface PairDecision extends Omit<ClassPair, "time"> {
  /** ½ ln p(1 − p)|μ_a − μ_b|²; null where the means never part from the noise. */
  readonly betweenClass: ClockTime | null;
  /** Where phi of the two crosses 0.775 under the empirical posterior (see `ClassCurve.decided`). */
  readonly exact: ClassCurve["decided"];
  readonly window: Pick<ClassWindow, "opens" | "closes">;
}

/** A class and what people call it: its number, where the data know no name. */
export interface NamedClass {
  readonly label: number;
  readonly name: string;
}

/** A partition of the classes that was asked for. */
export interface PartitionDecision {
  readonly curve: ClassCurve;
  /** The critical window by total variation; null of more than two groups. */
  readonly window: Pick<ClassWindow, "opens" | "closes"> | null;
}

/** When the classes of a data set part. */
export interface ClassDecisions extends Pick<BetweenClasses, "lambda" | "topModeBetween"> {
  readonly kind: "classDecisions";
  /** The classes that occur, ascending, with their names. */
  readonly named: readonly NamedClass[];
  readonly pairs: readonly PairDecision[];
  /** Of all classes together. */
  readonly all: ClassCurve;
  readonly tree: ClassTree;
  /** When the groups part that were asked for; null where none were. */
  readonly partition: PartitionDecision | null;
  readonly training: number;
  readonly heldOut: number;
  readonly seed: number;
}

/** What {@link classDecisions} needs. */
export interface ClassDecisionsOptions {
  readonly training: Labelled;
  /** Images of the same classes that are none of those; some 600 will do. */
  readonly heldOut: Labelled;
  /** Sets of classes that count as one: a partition to look at beside the pairs and the tree. */
  readonly partition?: readonly (readonly number[])[];
  /** Default 0.1, 0.2, … 5. */
  readonly ouTimes?: readonly number[];
  readonly schedule?: DiscreteSchedule;
  /** Of the noise. Default 0. */
  readonly seed?: number;
  readonly multiply?: Multiply;
}

/**
 * When the classes part: not t_S = ½ ln Λ, which is the time of the first mode of the data, but for each pair the time of
 * the variance between their means, and the time at which the exact posterior of the data themselves has decided.
 */
export async function classDecisions(options: ClassDecisionsOptions): Promise<ClassDecisions> {
  checkKeys("classDecisions", options, [
    ...["training", "heldOut", "partition", "ouTimes", "schedule", "seed", "multiply"],
  ]);
  const { training, heldOut, partition, schedule = discreteSchedule() } = options;
  const { seed = 0, multiply } = options;
  const { ouTimes = Array.from({ length: 50 }, (_, k) => (k + 1) / 10) } = options;
  const { pairs, lambda, topModeBetween } = betweenClasses(training, schedule);
  const evidence = await empiricalEvidence({
    ...{ training, heldOut, ouTimes, seed },
    ...(multiply && { multiply }),
  });
  const windowOf = (groups: readonly (readonly number[])[]) => {
    const [one, other, ...more] = groups;
    if (one === undefined || other === undefined || more.length > 0) return null;
    const { opens, closes } = classWindow(evidence, [one, other], { schedule });
    return { opens, closes };
  };
  return {
    kind: "classDecisions",
    named: evidence.classes.map((label) => ({
      label,
      name: training.classNames?.[label] ?? String(label),
    })),
    lambda,
    topModeBetween,
    pairs: pairs.map(({ time, ...pair }) => {
      const groups = [[pair.a], [pair.b]] as const;
      const { decided } = classCurve(evidence, { groups, schedule });
      return { ...pair, betweenClass: time, exact: decided, window: windowOf(groups)! };
    }),
    all: classCurve(evidence, { schedule }),
    tree: classTree(evidence, schedule),
    partition:
      partition === undefined
        ? null
        : {
            curve: classCurve(evidence, { groups: partition, schedule }),
            window: windowOf(partition),
          },
    training: training.labels.length,
    heldOut: heldOut.labels.length,
    seed,
  };
}
