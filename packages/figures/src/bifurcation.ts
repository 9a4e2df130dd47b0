import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type FigureOptions, figure, type Panel, panel } from "./figure.ts";
import { theme } from "./theme.ts";

/** Fixed points of the generative potential against the signal amplitude θ = √ᾱ. */
export interface BifurcationData {
  /** What is drawn, for example "pitchfork: two equal deltas". */
  readonly name: string;
  /** Continuous branches, each of one stability. */
  readonly branches: readonly {
    readonly stable: boolean;
    readonly points: readonly { readonly theta: number; readonly x: number }[];
  }[];
  /** Where the number of fixed points changes. */
  readonly critical: number;
}

/** Bifurcation diagrams side by side: stable branches solid, unstable ones dashed, the critical amplitude marked. */
export function bifurcation(
  diagrams: readonly BifurcationData[],
  { document, width = theme.width }: FigureOptions,
): string {
  const wide = width / diagrams.length;
  return figure(
    {
      title: "Bifurcation of the fixed points",
      description: diagrams
        .map(({ name, critical }) => `${name}: critical amplitude theta = ${critical.toFixed(4)}`)
        .join(". "),
    },
    [diagrams.map((data) => diagram(data, document, wide))],
  );
}

function diagram(
  { name, branches, critical }: BifurcationData,
  document: unknown,
  width: number,
): Panel {
  const unstable = branches.filter(({ stable }) => !stable);
  return panel(document, {
    width,
    height: 310,
    marginLeft: 52,
    marginRight: 24,
    marginTop: 30,
    marginBottom: 42,
    x: { domain: [0, 1] },
    marks: [
      ...axisBottom("signal amplitude  θ = √ᾱ   (generation →)", { ticks: 5 }),
      ...axisLeft("fixed point  x*", { ticks: 5 }),
      Plot.ruleX([critical], { stroke: theme.color.vermillion, strokeWidth: 1.2 }),
      branches.map(({ stable, points }) =>
        Plot.line(points, {
          x: "theta",
          y: "x",
          stroke: stable ? theme.color.blue : theme.color.gray,
          strokeWidth: stable ? 2.5 : 1.8,
          ...(!stable && { strokeDasharray: "4 4" }),
        }),
      ),
      Plot.text([name], { frameAnchor: "top", dy: -20, fontWeight: 600 }),
      Plot.text([`θ_c = ${critical.toFixed(4)}`], {
        x: () => critical,
        frameAnchor: "bottom",
        textAnchor: "end",
        dx: -6,
        dy: -8,
        fill: theme.color.vermillion,
        fontWeight: 600,
      }),
      end(branches.find(({ stable }) => stable)?.points, "stable", theme.color.blue),
      end(unstable[0]?.points, "unstable", theme.color.gray),
    ],
  });
}

/** Names a branch near its middle. */
function end(
  points: readonly { theta: number; x: number }[] | undefined,
  text: string,
  fill: string,
): Plot.Markish {
  const middle = points?.[Math.floor(points.length * 0.6)];
  return middle
    ? Plot.text([middle], { x: "theta", y: "x", text: () => text, dy: -10, fill })
    : null;
}
