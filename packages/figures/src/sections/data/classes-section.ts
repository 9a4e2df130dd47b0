import type { ClassCurve, ClassDecisions, ClassTree } from "@symbreak/analysis";
import { classTreeFigure } from "../../class-tree.ts";
import type { FigureOptions } from "../../figure.ts";
import { captioned, numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { timeCurves } from "../../time-curves.ts";

export const PAIRS_HEADER: readonly string[] = [
  "classes",
  "OU time by their means",
  "exact OU time",
  "95 % low",
  "high",
  "DDPM index",
];

/** A class by its name; its number where it is none of those named. */
function namesOf({ named }: Pick<ClassDecisions, "named">): (label: number) => string {
  const names = new Map(named.map(({ label, name }) => [label, name]));
  return (label) => names.get(label) ?? String(label);
}

/** Pairs of classes from the first to part to the last, under {@link PAIRS_HEADER}. */
export function pairRows(classes: Pick<ClassDecisions, "pairs" | "named">): string[][] {
  const nameOf = namesOf(classes);
  return classes.pairs
    .toSorted((p, q) => (q.exact?.ouTime ?? 0) - (p.exact?.ouTime ?? 0))
    .map(({ a, b, betweenClass, exact, equalMeans }) => [
      `${nameOf(a)} and ${nameOf(b)}`,
      equalMeans ? "equal means" : (betweenClass?.ouTime.toFixed(3) ?? "never"),
      ...[exact?.ouTime, exact?.low, exact?.high].map(digits),
      exact?.ddpmIndex?.toFixed(0) ?? "–",
    ]);
}

export const TREE_HEADER: readonly string[] = [
  "groups",
  "part at OU time",
  "95 % low",
  "high",
  "DDPM index",
  "window opens",
  "closes",
];

/** The forks of the tree from noise to data, under {@link TREE_HEADER}. */
export function treeRows(classes: Pick<ClassDecisions, "tree" | "named">): string[][] {
  const nameOf = namesOf(classes);
  const forks = (node: ClassTree): ClassTree[] =>
    node.children === null ? [] : [node, ...node.children.flatMap(forks)];
  return forks(classes.tree)
    .toSorted((p, q) => (q.parts?.ouTime ?? 0) - (p.parts?.ouTime ?? 0))
    .map(({ parts, window, children }) => [
      children!.map(({ classes: group }) => group.map(nameOf).join(", ")).join(" | "),
      ...[parts?.ouTime, parts?.low, parts?.high].map(digits),
      parts?.ddpmIndex?.toFixed(0) ?? "–",
      ...[window?.opens?.ouTime, window?.closes?.ouTime].map(digits),
    ]);
}

/** What the top mode has to do with the classes, in a sentence. */
export function betweenFinding({ topModeBetween }: Pick<ClassDecisions, "topModeBetween">): string {
  return `${(100 * topModeBetween).toFixed(0)} % of the variance Λ of the top mode lies between the classes.`;
}

/** When the partition that was asked for is decided, in a sentence. */
export function partitionFinding({
  partition,
  named,
}: Pick<ClassDecisions, "partition" | "named">): string | null {
  if (partition === null) return null;
  const nameOf = namesOf({ named });
  const { decided, groups } = partition.curve;
  const said = groups.map((group) => group.map(nameOf).join(", ")).join(" | ");
  if (decided === null) return `The groups ${said} do not part within the times measured.`;
  const { opens = null, closes = null } = partition.window ?? {};
  const window =
    opens === null || closes === null
      ? ""
      : `; their window by total variation reaches from ${digits(opens.ouTime)} to ${digits(closes.ouTime)}`;
  return `The groups ${said} part at OU time ${digits(decided.ouTime)} [${digits(decided.low)}, ${digits(decided.high)}]${window}.`;
}

/** The order of decisions as a tree on the time axis, with t_S where there is one. */
export function treeFigure(
  classes: Pick<ClassDecisions, "tree" | "named">,
  speciation: number | null,
  document: unknown,
): string {
  const data = {
    title: "The order of decisions",
    tree: classes.tree,
    nameOf: namesOf(classes),
    moments: speciation === null ? [] : [{ name: "t_S", time: speciation }],
  };
  return captioned(
    (width) => classTreeFigure(data, { document, width }),
    "A line forks where the two groups to its right part, as wholes; bars are 95 % intervals. The groups that part last are joined first. Dotted: t_S, the time of the first mode of all data.",
  );
}

/** When each pair of classes parts: by the means, and under the exact posterior; the tree, and what x_t hides of the class. */
export function classesSection(
  classes: ClassDecisions,
  speciation: number | null,
  document: unknown,
): Section {
  const partition = partitionFinding(classes);
  return {
    title: "When the classes part",
    text: [
      `${betweenFinding(classes)} By their means two classes part at ½ ln p(1 − p)|μ_a − μ_b|²; exactly, where two continuations of one noised image end in the same class with probability 0.775 (arXiv 2402.18491), under the posterior of ${classes.training} images and seen by ${classes.heldOut} others. The window of two groups reaches from where their total variation is 0.1 to where it is 0.9 (arXiv 2403.01633).`,
      ...(partition === null ? [] : [partition]),
    ],
    content: [
      ...(classes.pairs.length > 1 ? [treeFigure(classes, speciation, document)] : []),
      captioned(
        (width) => hiddenFigure(classes.all, { document, width }),
        "H(Z | x_t), what a noised image still hides of its class; the rate at which that is decided, dH/dt; and the variance of −ln p(own class | x_t), which of two Gaussian classes is greatest at their t_S (arXiv 2602.09651). Near the data the posterior of a finite set is too sure of itself, and the variance is its errors.",
      ),
      ...(classes.pairs.length > 1
        ? [numbers("Groups that part, from noise to data", TREE_HEADER, treeRows(classes))]
        : []),
      numbers("Pairs of classes", PAIRS_HEADER, pairRows(classes)),
    ],
  };
}

function hiddenFigure({ curve, decided }: ClassCurve, options: FigureOptions): string {
  const series = (name: string, of: (at: ClassCurve["curve"][number]) => number) => ({
    name,
    points: curve.map((at) => ({ time: at.ouTime, value: of(at) })),
  });
  return timeCurves(
    {
      title: "What x_t still hides of the class",
      label: "nats, nats per unit of time, nats²",
      description: `The entropy falls from ${curve[0]!.entropy.toFixed(2)} to ${curve.at(-1)!.entropy.toFixed(2)} nats.`,
      series: [
        series("H(Z | x_t)", ({ entropy }) => entropy),
        series("rate", ({ rate }) => rate),
        series("variance", ({ variance }) => variance),
      ],
      moments: decided === null ? [] : [{ name: "all classes decided", time: decided.ouTime }],
      domain: [0, 1.05 * Math.max(...curve.map(({ entropy, rate }) => Math.max(entropy, rate)))],
    },
    options,
  );
}

function digits(value: number | undefined): string {
  return value?.toFixed(3) ?? "–";
}
