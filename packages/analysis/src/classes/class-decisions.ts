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

/** When the classes of a data set part. */
export interface ClassDecisions extends Pick<BetweenClasses, "lambda" | "topModeBetween"> {
  readonly kind: "classDecisions";
  readonly pairs: readonly PairDecision[];
  /** Of all classes together. */
  readonly all: ClassCurve;
  readonly tree: ClassTree;
  readonly training: number;
  readonly heldOut: number;
  readonly seed: number;
}

/** What {@link classDecisions} needs. */
export interface ClassDecisionsOptions {
  readonly training: Labelled;
  /** Images of the same classes that are none of those; some 600 will do. */
  readonly heldOut: Labelled;
  /** Default 0.1, 0.2, … 3.5. */
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
    ...["training", "heldOut", "ouTimes", "schedule", "seed", "multiply"],
  ]);
  const { training, heldOut, schedule = discreteSchedule(), seed = 0, multiply } = options;
  const { ouTimes = Array.from({ length: 35 }, (_, k) => (k + 1) / 10) } = options;
  const { pairs, lambda, topModeBetween } = betweenClasses(training, schedule);
  const evidence = await empiricalEvidence({
    ...{ training, heldOut, ouTimes, seed },
    ...(multiply && { multiply }),
  });
  return {
    kind: "classDecisions",
    lambda,
    topModeBetween,
    pairs: pairs.map(({ time, ...pair }) => {
      const groups = [[pair.a], [pair.b]] as const;
      const { opens, closes } = classWindow(evidence, groups, { schedule });
      const { decided } = classCurve(evidence, { groups, schedule });
      return { ...pair, betweenClass: time, exact: decided, window: { opens, closes } };
    }),
    all: classCurve(evidence, { schedule }),
    tree: classTree(evidence, schedule),
    training: training.labels.length,
    heldOut: heldOut.labels.length,
    seed,
  };
}
