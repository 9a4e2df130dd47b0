import { type DiscreteSchedule, discreteSchedule } from "@symbreak/core";
import { type ClassCurve, classCurve, decisionOuTime } from "./class-curve.ts";
import type { ClassEvidence } from "./class-evidence.ts";
import { type ClassWindow, classWindow } from "./class-window.ts";

/** A class, or two groups of them that part at some time. */
export interface ClassTree {
  readonly classes: readonly number[];
  /** Where its two children part, as wholes; null for a single class, or where they do not within the evidence's times. */
  readonly parts: ClassCurve["decided"];
  /** The critical window of the two by total variation; null for a single class. */
  readonly window: Pick<ClassWindow, "opens" | "closes"> | null;
  readonly children: readonly [ClassTree, ClassTree] | null;
}

/**
 * The order of decisions as a tree of partitions: the two groups that part last, nearest to the data, are joined first, and
 * the time of each joint is that of its two groups as wholes, by their own posterior.
 */
export function classTree(
  evidence: ClassEvidence,
  schedule: DiscreteSchedule = discreteSchedule(),
): ClassTree {
  let nodes: ClassTree[] = evidence.classes.map((label) => ({
    classes: [label],
    parts: null,
    window: null,
    children: null,
  }));
  const known = new Map<string, number>();
  const timeOf = (a: ClassTree, b: ClassTree): number => {
    const key = `${a.classes}|${b.classes}`;
    const time = known.get(key) ?? decisionOuTime(evidence, [a.classes, b.classes]);
    known.set(key, time);
    return time;
  };
  while (nodes.length > 1) {
    const pairs = nodes.flatMap((a, i) =>
      nodes.slice(i + 1).map((b) => ({ a, b, time: timeOf(a, b) })),
    );
    const { a, b } = pairs.reduce((last, pair) => (pair.time < last.time ? pair : last));
    const groups = [a.classes, b.classes] as const;
    const { opens, closes } = classWindow(evidence, groups, { schedule });
    const joint: ClassTree = {
      classes: [...a.classes, ...b.classes],
      parts: classCurve(evidence, { groups, schedule }).decided,
      window: { opens, closes },
      children: [a, b],
    };
    nodes = [...nodes.filter((node) => node !== a && node !== b), joint];
  }
  return nodes[0]!;
}
