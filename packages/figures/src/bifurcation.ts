import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type BranchData, branchPoints } from "./branch.ts";
import { type FigureOptions, figure, type Panel, panel } from "./figure.ts";
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
  const axis = parameter === "theta" ? amplitudeAxis() : timeAxis(width - 76, latest(branches));
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
      named("stable", longest(branches, true), theme.color.blue),
      named("unstable", longest(branches, false), theme.color.gray),
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

function latest(branches: readonly BranchData[]): number {
  return Math.max(...branches.flatMap(({ parameter }) => Array.from(parameter)));
}

function longest(branches: readonly BranchData[], stable: boolean): BranchData | undefined {
  const own = branches.filter((branch) => branch.stable === stable);
  return own.sort((a, b) => b.x.length - a.x.length)[0];
}

/** Names a branch near its middle. */
function named(text: string, branch: BranchData | undefined, fill: string): Plot.Markish {
  const points = branch === undefined ? [] : branchPoints(branch);
  const middle = points[Math.floor(points.length * 0.55)];
  return middle
    ? Plot.text([middle], { x: "parameter", y: "x", text: () => text, dy: -10, fill })
    : null;
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
