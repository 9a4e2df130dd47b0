import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import type { Measured } from "./late-start-curve.ts";
import { legend } from "./legend.ts";
import { panel } from "./panel.ts";
import { palette, theme } from "./theme.ts";

/** What guidance does to samples of which the classes were asked for, against its weight. */
export interface GuidanceCurveData {
  readonly network: string;
  /** The name of the distance with its extractor. */
  readonly metric: string;
  /** Ways of sampling: a start, a solver, an interval. */
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly {
      /** w of s_r + w (s_c − s_r): 0 without the class, 1 with it, more overshoots. */
      readonly weight: number;
      readonly distance: Measured;
      /** Share of the samples that a classifier gives the class that was asked for. */
      readonly accuracy: number;
    }[];
  }[];
}

/** Distance to the data and class accuracy against the weight of guidance, side by side. */
export function guidanceCurve(
  { network, metric, series }: GuidanceCurveData,
  { document, width = theme.width }: FigureOptions,
): string {
  const names = series.map(({ name }) => name);
  const frame = { width: width / 2, height: 280, marginLeft: 54, marginRight: 16, marginTop: 40 };
  const weights = axisBottom("weight of guidance w", { ticks: 5 });
  const distances = panel(document, {
    ...frame,
    marginBottom: 42,
    marks: [
      ...weights,
      ...axisLeft(`${metric}  (lower is better)`, { ticks: 5 }),
      ...legend(names, 16),
      series.map(({ points }, i) => {
        const color = palette[i % palette.length]!;
        const at = points.map(({ weight, distance }) => ({ weight, ...distance }));
        return [
          Plot.areaY(at, { x: "weight", y1: "low", y2: "high", fill: color, fillOpacity: 0.18 }),
          Plot.lineY(at, { x: "weight", y: "value", stroke: color, strokeWidth: 2 }),
          Plot.dot(at, { x: "weight", y: "value", fill: color, r: 3 }),
        ];
      }),
    ],
  });
  const accuracies = panel(document, {
    ...frame,
    marginBottom: 42,
    y: { domain: [0, 100] },
    marks: [
      ...weights,
      ...axisLeft("samples of the class asked for  (%)", { ticks: 5 }),
      series.map(({ points }, i) => {
        const color = palette[i % palette.length]!;
        const y = ({ accuracy }: { accuracy: number }) => 100 * accuracy;
        return [
          Plot.lineY(points, { x: "weight", y, stroke: color, strokeWidth: 2 }),
          Plot.dot(points, { x: "weight", y, fill: color, r: 3 }),
        ];
      }),
    ],
  });
  const said = series.map(({ name, points }) => {
    const best = points.reduce((a, b) => (b.distance.value < a.distance.value ? b : a));
    return `${name}: best at weight ${best.weight}, ${best.distance.value.toPrecision(3)}, with ${(100 * best.accuracy).toFixed(1)} % of the class asked for`;
  });
  return figure({ title: `Guidance of ${network}`, description: `${said.join(". ")}.` }, [
    [distances, accuracies],
  ]);
}
