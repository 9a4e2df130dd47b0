import * as Plot from "@observablehq/plot";
import { axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import { legend } from "./legend.ts";
import { panel } from "./panel.ts";
import { palette, theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";

/** The probability that clones end in one class, against the time where they part (Biroli et al. 2024). */
export interface CloningCurveData {
  /** What was cloned. */
  readonly title: string;
  readonly points: readonly {
    /** OU time. */
    readonly time: number;
    /** phi and its 95 % interval. */
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly threshold: number;
  /** Where phi crosses the threshold, OU time; none when it does not. */
  readonly crossing?: number | undefined;
  /** t_S of the data, OU time. */
  readonly speciation?: number | undefined;
  /** Other curves to compare with: a closed form, published points. Few points are drawn as circles, many as a line. */
  readonly others?: readonly {
    readonly name: string;
    readonly points: readonly { readonly time: number; readonly value: number }[];
  }[];
}

/** A curve with so many points is a line. */
const LINE = 25;

/** phi(t) with its intervals, the threshold, its crossing, and t_S beside it. */
export function cloningCurve(
  data: CloningCurveData,
  { document, width = theme.width }: FigureOptions,
): string {
  const { points, threshold, crossing, speciation, others = [] } = data;
  const times = points.map(({ time }) => time);
  const [early, late] = [Math.min(...times), Math.max(...times)];
  const air = 0.04 * (late - early || 1);
  const within = (time: number) => time >= early - air && time <= late + air;
  const axis = timeAxis(width - 80, late + air, Math.max(0, early - air));
  const lowest = Math.min(0.5, ...points.map(({ low }) => low));
  const color = palette[0]!;
  const plot = panel(document, {
    width,
    height: 340,
    marginLeft: 56,
    marginRight: 24,
    marginTop: 68,
    marginBottom: 42,
    x: axis.x,
    y: { domain: [lowest - 0.02, 1.01] },
    marks: [
      ...axis.marks,
      ...axisLeft("P(both clones end in one class)", { ticks: 6 }),
      Plot.ruleY([threshold], { strokeOpacity: 0.6, strokeDasharray: "4 3" }),
      Plot.text([String(threshold)], {
        x: () => late + air,
        y: () => threshold,
        textAnchor: "start",
        dx: 6,
        dy: -8,
        fill: theme.color.gray,
      }),
      vertical(speciation, "t_S", "top", { strokeDasharray: "1 3" }, within),
      vertical(crossing, "crossing", "bottom", { stroke: color }, within),
      others.map((other, i) => {
        const shown = other.points.filter(({ time }) => within(time));
        const stroke = palette[(i + 1) % palette.length]!;
        const options = { x: "time", y: "value", stroke, strokeWidth: 1.5 };
        return other.points.length >= LINE
          ? Plot.line(shown, options)
          : Plot.dot(shown, { ...options, r: 4 });
      }),
      Plot.ruleX(points, { x: "time", y1: "low", y2: "high", stroke: color, strokeWidth: 1.5 }),
      Plot.line(points, { x: "time", y: "value", stroke: color, strokeWidth: 1.5 }),
      Plot.dot(points, { x: "time", y: "value", fill: color, r: 3 }),
      ...legend(["simulated, 95 %", ...others.map(({ name }) => name)], 56),
    ],
  });
  const [noisy, clean] = [late, early].map((time) => points.find((point) => point.time === time)!);
  return figure(
    {
      title: data.title,
      description: `The share of clones that end in one class grows from ${noisy!.value.toFixed(3)} at OU time ${late.toFixed(2)} to ${clean!.value.toFixed(3)} at ${early.toFixed(2)}; ${crossing === undefined ? `it does not cross ${threshold}` : `it crosses ${threshold} at ${crossing.toFixed(3)}`}${speciation === undefined ? "" : `, with t_S = ${speciation.toFixed(3)}`}.`,
    },
    [[plot]],
  );
}

/** A moment as a vertical line with its name, if it is on the axis. */
function vertical(
  time: number | undefined,
  name: string,
  end: "top" | "bottom",
  style: Plot.RuleXOptions,
  within: (time: number) => boolean,
): Plot.Markish {
  if (time === undefined || !within(time)) return null;
  return [
    Plot.ruleX([time], { strokeWidth: 1.5, ...style }),
    Plot.text([`${name} ${time.toFixed(3)}`], {
      x: () => time,
      frameAnchor: end,
      rotate: -90,
      textAnchor: end === "top" ? "end" : "start",
      dx: end === "top" ? 10 : -8,
      dy: end === "top" ? 6 : -6,
      fill: style.stroke ?? theme.color.gray,
    } as Plot.TextOptions),
  ];
}
