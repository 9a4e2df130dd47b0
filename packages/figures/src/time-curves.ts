import * as Plot from "@observablehq/plot";
import { axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import { legend } from "./legend.ts";
import { panel } from "./panel.ts";
import { palette, theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";
import { uprightLabels } from "./upright-labels.ts";

/** Quantities against time. */
export interface TimeCurvesData {
  readonly title: string;
  /** The quantity, with its units. */
  readonly label: string;
  /** What it shows, in words. */
  readonly description: string;
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly { readonly time: number; readonly value: number }[];
  }[];
  /** Moments worth a vertical line, OU time. */
  readonly moments?: readonly { readonly name: string; readonly time: number }[];
  /** A value worth a horizontal line. */
  readonly threshold?: { readonly name: string; readonly value: number };
  /** A logarithmic axis; values of 0 and less are left out. */
  readonly log?: boolean;
  /** Of the axis; default: all values. */
  readonly domain?: readonly [low: number, high: number];
}

/** Lines against OU time, noise on the left, with moments and a threshold. */
export function timeCurves(
  data: TimeCurvesData,
  { document, width = theme.width }: FigureOptions,
): string {
  const { series, moments = [], threshold, log = false } = data;
  const all = series.flatMap(({ points }) => points);
  const [low, high] = data.domain ?? domainOf(data);
  const late = Math.max(...all.map(({ time }) => time));
  const early = Math.min(...all.map(({ time }) => time));
  const axis = timeAxis(width - 80, late, early);
  const inside = (value: number) => value >= low && value <= high;
  const plot = panel(document, {
    width,
    height: 340,
    marginLeft: 62,
    marginRight: 24,
    marginTop: 68,
    marginBottom: 42,
    x: axis.x,
    y: { type: log ? "log" : "linear", domain: [low, high] },
    marks: [
      ...axis.marks,
      ...axisLeft(data.label, log ? { ticks: 5, tickFormat: "~g" } : { ticks: 6 }),
      threshold === undefined
        ? null
        : [
            Plot.ruleY([threshold.value], { strokeOpacity: 0.6, strokeDasharray: "4 3" }),
            Plot.text([threshold.name], {
              x: () => early,
              y: () => threshold.value,
              textAnchor: "end",
              dx: -6,
              dy: -8,
              fill: theme.color.gray,
            }),
          ],
      Plot.ruleX(moments, { x: "time", strokeDasharray: "1 3", strokeWidth: 1.2 }),
      uprightLabels(
        moments.map(({ name, time }) => ({ text: name, time, fill: theme.color.gray })),
        { late, early, width: width - 86 },
      ),
      series.map(({ points }, i) => {
        const stroke = palette[i % palette.length]!;
        const shown = points.map(({ time, value }) => ({
          time,
          value: inside(value) ? value : Number.NaN,
        }));
        return [
          Plot.line(shown, { x: "time", y: "value", stroke, strokeWidth: 2 }),
          Plot.dot(
            shown.filter(({ value }) => !Number.isNaN(value)),
            { x: "time", y: "value", fill: stroke, r: 2.5 },
          ),
        ];
      }),
      ...legend(
        series.map(({ name }) => name),
        64,
      ),
    ],
  });
  return figure({ title: data.title, description: data.description }, [[plot]]);
}

/** All values and the threshold, with some air. */
function domainOf({ series, threshold, log = false }: TimeCurvesData): [number, number] {
  const values = series
    .flatMap(({ points }) => points.map(({ value }) => value))
    .concat(threshold === undefined ? [] : [threshold.value])
    .filter((value) => Number.isFinite(value) && (!log || value > 0));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (log) return [low / 1.3, high * 1.3];
  const air = 0.06 * (high - low || 1);
  return [low - air, high + air];
}
