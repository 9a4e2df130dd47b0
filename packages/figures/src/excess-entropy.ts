import * as Plot from "@observablehq/plot";
import { axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import { panel } from "./panel.ts";
import { theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";

/** Excess entropy of the empirical law against time (Biroli et al. 2024, eq. 9), in units of α = ln(n)/d. */
export interface ExcessEntropyData {
  readonly points: readonly {
    /** OU time. */
    readonly time: number;
    /** f(t)/α and its 95 % interval. */
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** f/α below this counts as collapsed. */
  readonly threshold: number;
  /** Where f/α falls to the threshold, OU time; none when it never does. */
  readonly collapse?: number | undefined;
  readonly n: number;
  readonly d: number;
}

/** f(t)/α with its interval and threshold: where it reaches zero, each sample has collapsed on one training image. */
export function excessEntropy(
  data: ExcessEntropyData,
  { document, width = theme.width }: FigureOptions,
): string {
  const { points, threshold, collapse } = data;
  const late = Math.max(...points.map(({ time }) => time)) * 1.03;
  const axis = timeAxis(width - 80, late);
  const plot = panel(document, {
    width,
    height: 300,
    marginLeft: 56,
    marginRight: 24,
    marginTop: 46,
    marginBottom: 42,
    x: axis.x,
    y: { domain: [Math.min(0, ...points.map(({ low }) => low)) - 0.04, 1.05] },
    marks: [
      Plot.rect([0], {
        x1: late,
        x2: 0,
        y1: 0,
        y2: threshold,
        fill: "currentColor",
        fillOpacity: 0.1,
      }),
      ...axis.marks,
      ...axisLeft("excess entropy  f(t) / α"),
      Plot.ruleY([0], { strokeOpacity: 0.5 }),
      Plot.areaY(points, {
        x: "time",
        y1: "low",
        y2: "high",
        fill: theme.color.green,
        fillOpacity: 0.22,
      }),
      Plot.lineY(points, { x: "time", y: "value", stroke: theme.color.green, strokeWidth: 2 }),
      Plot.dot(points, { x: "time", y: "value", r: 2.5, fill: theme.color.green }),
      Plot.text([`threshold ${threshold}`], {
        x: () => late,
        y: () => threshold,
        textAnchor: "start",
        dx: 6,
        dy: -8,
        fill: theme.color.gray,
      }),
      collapse === undefined
        ? null
        : [
            Plot.ruleX([collapse], { stroke: theme.color.vermillion, strokeWidth: 1.5 }),
            Plot.text([`t_C = ${collapse.toFixed(3)}`], {
              x: () => collapse,
              frameAnchor: "top",
              textAnchor: "start",
              dx: 7,
              dy: 6,
              fill: theme.color.vermillion,
              fontWeight: 600,
            }),
          ],
    ],
  });
  return figure(
    {
      title: `Excess entropy: when the exact score starts to memorise  (n = ${data.n}, d = ${data.d})`,
      description: `f/α falls from ${points[0]?.value.toFixed(2)} at OU time ${points[0]?.time.toFixed(2)} to ${points.at(-1)?.value.toFixed(2)} at ${points.at(-1)?.time.toFixed(2)}; ${collapse === undefined ? "it does not fall to the threshold" : `it falls to the threshold at ${collapse.toFixed(3)}`}.`,
    },
    [[plot]],
  );
}
