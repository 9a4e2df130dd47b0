import type { ClassDecisions } from "@symbreak/analysis";
import { numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";

export const PAIRS_HEADER: readonly string[] = [
  "classes",
  "OU time by their means",
  "exact OU time",
  "95 % low",
  "high",
  "DDPM index",
];

/** Pairs of classes from the first to part to the last, under {@link PAIRS_HEADER}. */
export function pairRows({ pairs }: Pick<ClassDecisions, "pairs">): string[][] {
  const digits = (value: number | undefined) => value?.toFixed(3) ?? "–";
  return pairs
    .toSorted((p, q) => (q.exact?.ouTime ?? 0) - (p.exact?.ouTime ?? 0))
    .map(({ a, b, betweenClass, exact, equalMeans }) => [
      `${a} and ${b}`,
      equalMeans ? "equal means" : (betweenClass?.ouTime.toFixed(3) ?? "never"),
      ...[exact?.ouTime, exact?.low, exact?.high].map(digits),
      exact?.ddpmIndex?.toFixed(0) ?? "–",
    ]);
}

/** What the top mode has to do with the classes, in a sentence. */
export function betweenFinding({ topModeBetween }: Pick<ClassDecisions, "topModeBetween">): string {
  return `${(100 * topModeBetween).toFixed(0)} % of the variance Λ of the top mode lies between the classes.`;
}

/** When each pair of classes parts: by the means, and under the exact posterior. */
export function classesSection(classes: ClassDecisions): Section {
  return {
    title: "When the classes part",
    text: [
      `${betweenFinding(classes)} By their means two classes part at ½ ln p(1 − p)|μ_a − μ_b|²; exactly, where two continuations of one noised image end in the same class with probability 0.775 (arXiv 2402.18491), under the posterior of ${classes.training} images and seen by ${classes.heldOut} others.`,
    ],
    content: [numbers("Pairs of classes", PAIRS_HEADER, pairRows(classes))],
  };
}
