import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type BranchData, branchPoints } from "./branch.ts";
import { type FigureOptions, figure, type Panel } from "./figure.ts";
import { panel } from "./panel.ts";
import { theme } from "./theme.ts";
import { type TimeAxis, timeAxis } from "./time-axis.ts";

/** Fixed points against signal amplitude or time. */
export interface BifurcationData {
  /** What is drawn: "pitchfork: equal weights". */
  readonly name: string;
  /** What the branches' parameter is: the signal amplitude θ = √ᾱ from 0 to 1, or OU time. */
  readonly parameter: "theta" | "time";
  readonly branches: readonly BranchData[];
  /** Where the number of fixed points changes; none when it never does. */
  readonly critical?: number | undefined;
}

/** Bifurcation diagrams side by side: stable branches solid, unstable ones dashed, the critical point marked. */
export function bifurcation(
  diagrams: readonly BifurcationData[],
  { document, width = theme.width }: FigureOptions,
): string {
  const says = diagrams.map(({ name, parameter, critical }) => {
    const what = parameter === "theta" ? "critical amplitude theta" : "critical OU time";
    return `${name}: ${critical === undefined ? "never splits" : `${what} = ${critical.toFixed(4)}`}`;
  });
  const panels = diagrams.map((data) => diagram(data, document, width / diagrams.length));
  return figure({ title: "Bifurcation of the fixed points", description: says.join(". ") }, [
    panels,
  ]);
}

function diagram(data: BifurcationData, document: unknown, width: number): Panel {
  const { name, parameter, branches, critical } = data;
  const axis = parameter === "theta" ? amplitudeAxis() : timeAxis(width - 76, ...span(branches));
  return panel(document, {
    width,
    height: 310,
    marginLeft: 52,
    marginRight: 24,
    marginTop: parameter === "theta" ? 30 : 66,
    marginBottom: 42,
    x: axis.x,
    marks: [
      ...axis.marks,
      ...axisLeft("fixed point  x*", { ticks: 5 }),
      branches.map((branch) =>
        Plot.line(branchPoints(branch), {
          x: "parameter",
          y: "x",
          stroke: branch.stable ? theme.color.blue : theme.color.gray,
          strokeWidth: branch.stable ? 2.5 : 1.8,
          ...(!branch.stable && { strokeDasharray: "4 4" }),
        }),
      ),
      Plot.text([name], {
        frameAnchor: "top",
        dy: parameter === "theta" ? -20 : -56,
        fontWeight: 600,
      }),
      named(
        "stable",
        branches.filter(({ stable }) => stable),
        theme.color.blue,
      ),
      named(
        "unstable",
        branches.filter(({ stable }) => !stable),
        theme.color.gray,
      ),
      critical === undefined ? null : mark(critical, parameter),
    ],
  });
}

function amplitudeAxis(): TimeAxis {
  return {
    x: { domain: [0, 1] },
    marks: axisBottom("signal amplitude  θ = √ᾱ   (generation →)", { ticks: 5 }),
  };
}

/** The latest and the earliest time drawn. */
function span(branches: readonly BranchData[]): [late: number, early: number] {
  const times = branches.flatMap(({ parameter }) => Array.from(parameter));
  return [Math.max(...times), Math.min(...times)];
}

/** Names the longest branch of a kind, the upper one of two. */
function named(text: string, kind: readonly BranchData[], fill: string): Plot.Markish {
  const length = Math.max(...kind.map(({ x }) => x.length));
  const branch = kind.filter(({ x }) => x.length > 0.6 * length).at(-1);
  const points = branch === undefined ? [] : branchPoints(branch);
  const middle = points[Math.floor(points.length * 0.6)];
  if (middle === undefined) return null;
  return Plot.text([middle], {
    x: "parameter",
    y: "x",
    text: () => text,
    textAnchor: kind[0]?.stable ? "end" : "middle",
    dx: kind[0]?.stable ? -4 : 0,
    dy: -9,
    fill,
  });
}

function mark(critical: number, parameter: "theta" | "time"): Plot.Markish[] {
  const label = `${parameter === "theta" ? "θ" : "t"}_c = ${critical.toFixed(4)}`;
  const fill = theme.color.vermillion;
  return [
    Plot.ruleX([critical], { stroke: fill, strokeWidth: 1.2 }),
    Plot.text([label], {
      x: () => critical,
      frameAnchor: "bottom",
      textAnchor: "end",
      dx: -6,
      dy: -8,
      fill,
      fontWeight: 600,
    }),
  ];
}
