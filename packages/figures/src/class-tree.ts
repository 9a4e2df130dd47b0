import * as Plot from "@observablehq/plot";
import { type FigureOptions, figure } from "./figure.ts";
import { panel } from "./panel.ts";
import { theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";

/** A class, or two groups of classes that part at some time; the children of a class are null. */
export interface ClassTreeNode {
  readonly classes: readonly number[];
  /** Where its two children part, with the 95 % interval; null where they do not within the times measured. */
  readonly parts: { readonly ouTime: number; readonly low: number; readonly high: number } | null;
  readonly children: readonly [ClassTreeNode, ClassTreeNode] | null;
}

/** The order of decisions as a tree. */
export interface ClassTreeData {
  readonly title: string;
  readonly tree: ClassTreeNode;
  /** A class by its number. */
  readonly nameOf: (label: number) => string;
  /** Moments worth a vertical line, OU time. */
  readonly moments?: readonly { readonly name: string; readonly time: number }[];
}

/** Pixels of a leaf, of a letter, and OU time of air at both ends. */
const [ROW, LETTER, AIR] = [22, 6.6, 0.25];

interface Fork {
  readonly ouTime: number;
  readonly low: number;
  readonly high: number;
  readonly row: number;
  readonly rows: readonly [number, number];
}

interface Line {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The classes as a tree on the time axis, noise on the left: a line forks where the two groups to its right part. Two groups
 * may part before the group that holds both has parted from the rest; their fork is drawn at that one's then, and groups that
 * never part within the times measured fork at the right end.
 */
export function classTreeFigure(
  { title, tree, nameOf, moments = [] }: ClassTreeData,
  { document, width = theme.width }: FigureOptions,
): string {
  const times = [...partings(tree), ...moments.map(({ time }) => time)];
  const late = Math.max(...times) + AIR;
  const early = Math.max(0, Math.min(...times) - AIR);
  const names = leavesOf(tree).map(nameOf);
  const longest = Math.max(...names.map((name) => name.length));
  const marginRight = Math.min(0.3 * width, LETTER * longest + 16);
  const axis = timeAxis(width - 24 - marginRight, late, early);
  const { forks, lines } = laidOut(tree, late, early);
  const plot = panel(document, {
    width,
    height: ROW * names.length + 100,
    marginLeft: 24,
    marginRight,
    marginTop: 46,
    marginBottom: 42,
    x: axis.x,
    y: { domain: [names.length - 0.4, -0.6], axis: null },
    marks: [
      ...axis.marks,
      Plot.ruleX(moments, { x: "time", strokeDasharray: "1 3", strokeWidth: 1.2 }),
      Plot.text(moments, {
        x: "time",
        text: "name",
        frameAnchor: "bottom",
        textAnchor: "end",
        dx: -5,
        dy: -4,
        fill: theme.color.gray,
      }),
      Plot.ruleY(forks, {
        y: "row",
        x1: "low",
        x2: "high",
        stroke: theme.color.blue,
        strokeWidth: 7,
        strokeOpacity: 0.25,
      }),
      Plot.ruleY(lines, { y: "row", x1: "from", x2: "to", strokeWidth: 1.6 }),
      Plot.ruleX(forks, {
        x: "ouTime",
        y1: ({ rows }: Fork) => rows[0],
        y2: ({ rows }: Fork) => rows[1],
        strokeWidth: 1.6,
      }),
      Plot.dot(forks, { x: "ouTime", y: "row", r: 3.5, fill: theme.color.blue }),
      Plot.text(names, {
        x: () => early,
        y: (_: string, row: number) => row,
        text: (name: string) => name,
        textAnchor: "start",
        dx: 8,
      }),
    ],
  });
  return figure({ title, description: `From noise to data: ${said(tree, nameOf).join("; ")}.` }, [
    [plot],
  ]);
}

/** The classes of a tree from top to bottom, as the figure has them. */
function leavesOf({ classes, children }: ClassTreeNode): number[] {
  return children === null ? [classes[0]!] : children.flatMap(leavesOf);
}

function partings({ parts, children }: ClassTreeNode): number[] {
  const own = parts === null ? [] : [parts.low, parts.ouTime, parts.high];
  return [...own, ...(children ?? []).flatMap(partings)];
}

/** Forks and lines, each leaf on a row of its own and each fork between its two. */
function laidOut(tree: ClassTreeNode, late: number, early: number) {
  const [forks, lines]: [Fork[], Line[]] = [[], []];
  let leaf = 0;
  const lay = ({ parts, children }: ClassTreeNode, from: number): number => {
    if (children === null) {
      lines.push({ row: leaf, from, to: early });
      return leaf++;
    }
    const ouTime = Math.min(from, parts?.ouTime ?? early);
    const rows = children.map((child) => lay(child, ouTime)) as [number, number];
    const row = 0.5 * (rows[0] + rows[1]);
    const { low = ouTime, high = ouTime } = parts ?? {};
    forks.push({ ouTime, low: Math.min(low, from), high: Math.min(high, from), row, rows });
    lines.push({ row, from, to: ouTime });
    return row;
  };
  lay(tree, late);
  return { forks, lines };
}

function said({ parts, children }: ClassTreeNode, nameOf: (label: number) => string): string[] {
  if (children === null) return [];
  const groups = children.map((child) => leavesOf(child).map(nameOf).join(", "));
  const when = parts === null ? "not within the times measured" : parts.ouTime.toFixed(3);
  return [`${groups.join(" from ")} ${when}`, ...children.flatMap((child) => said(child, nameOf))];
}
