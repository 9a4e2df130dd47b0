import * as Plot from "@observablehq/plot";
import { axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import { panel } from "./panel.ts";
import { palette, theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";

/** A measured distance and its 95 % interval. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Fréchet distance against the level where sampling starts. */
export interface LateStartCurveData {
  /** The name of the distance with its extractor, for example "FD-pca64". */
  readonly metric: string;
  readonly sampler: string;
  readonly series: readonly {
    /** Number of steps n. */
    readonly steps: number;
    /** Gaussian late starts, by OU time. */
    readonly late: readonly (Measured & { readonly time: number })[];
    /** The ordinary start from N(0, I), at its own usual level. */
    readonly noise: Measured & { readonly time: number };
    /** N(0, I) at other levels, for what the grid alone brings. */
    readonly tuned?: readonly (Measured & { readonly time: number })[];
  }[];
  /** Speciation time of the data, OU time; null where there is none. */
  readonly speciation: number | null;
}

/** Distance to the data against the start: Gaussian late starts as lines, the ordinary noise start as open circles. */
export function lateStartCurve(
  data: LateStartCurveData,
  { document, width = theme.width }: FigureOptions,
): string {
  const { metric, sampler, series, speciation } = data;
  const late = Math.max(...allPoints(data).map(({ time }) => time)) * 1.06;
  const early = Math.min(...series.flatMap(({ late }) => late.map(({ time }) => time))) * 0.75;
  const axis = timeAxis(width - 150, late, early);
  const plot = panel(document, {
    width,
    height: 330,
    marginLeft: 62,
    marginRight: 88,
    marginTop: 46,
    marginBottom: 42,
    x: axis.x,
    y: { type: "log", domain: range(data) },
    marks: [
      ...axis.marks,
      ...axisLeft(`${metric}  (lower is better)`, { ticks: 5, tickFormat: "~g" }),
      Plot.ruleX(speciation === null ? [] : [speciation], {
        strokeDasharray: "1 3",
        strokeWidth: 1.2,
      }),
      Plot.text(speciation === null ? [] : ["t_S"], {
        x: () => speciation,
        frameAnchor: "top",
        textAnchor: "end",
        dx: -6,
        dy: 6,
      }),
      series.map(({ late, noise, tuned = [] }, i) => {
        const color = palette[i % palette.length]!;
        const ordered = [...late].sort((a, b) => b.time - a.time);
        const plain = [...tuned].sort((a, b) => b.time - a.time);
        return [
          Plot.lineY(plain, { x: "time", y: "value", stroke: color, strokeDasharray: "5 4" }),
          Plot.areaY(ordered, { x: "time", y1: "low", y2: "high", fill: color, fillOpacity: 0.18 }),
          Plot.lineY(ordered, { x: "time", y: "value", stroke: color, strokeWidth: 2 }),
          Plot.dot(ordered, { x: "time", y: "value", fill: color, r: 3 }),
          Plot.ruleX([noise], {
            x: "time",
            y1: "low",
            y2: "high",
            stroke: color,
            strokeWidth: 1.5,
          }),
          Plot.ruleY([noise], {
            x1: "time",
            x2: early,
            y: "value",
            stroke: color,
            strokeOpacity: 0.6,
            strokeDasharray: "2 4",
          }),
          Plot.dot([noise], { x: "time", y: "value", stroke: color, strokeWidth: 2, r: 4.5 }),
        ];
      }),
      labels(data).map(({ steps, time, value }, i) =>
        Plot.text([`${steps} steps`], {
          x: () => time,
          y: () => value,
          textAnchor: "start",
          dx: 8,
          fill: palette[i % palette.length]!,
          fontWeight: 600,
        }),
      ),
      Plot.text(["● Gaussian late start   ○ noise start"], {
        frameAnchor: "bottom-left",
        textAnchor: "start",
        dx: 8,
        dy: -8,
        fill: theme.color.gray,
      }),
    ],
  });
  const best = series.map(({ steps, late, noise }) => {
    const low = late.reduce((a, b) => (b.value < a.value ? b : a));
    return `${steps} steps: best late start ${low.value.toPrecision(3)} at OU time ${low.time.toFixed(2)}, noise start ${noise.value.toPrecision(3)}`;
  });
  return figure(
    {
      title: `Where to start: ${metric} against the start, ${sampler}`,
      description: `${best.join(". ")}.`,
    },
    [[plot]],
  );
}

function allPoints({ series }: LateStartCurveData) {
  return series.flatMap(({ late, noise, tuned = [] }) => [...late, noise, ...tuned]);
}

/** The distances shown: all intervals, with some air. */
function range(data: LateStartCurveData): [number, number] {
  const all = allPoints(data);
  return [
    Math.min(...all.map(({ low }) => low)) / 1.25,
    Math.max(...all.map(({ high }) => high)) * 1.1,
  ];
}

/** Where each line's name goes: at its last point, moved up where two would touch. */
function labels(data: LateStartCurveData): { steps: number; time: number; value: number }[] {
  const [low, high] = range(data);
  const apart = (high / low) ** (15 / 240);
  const ends = data.series.map(({ steps, late }) => ({
    steps,
    ...late.reduce((a, b) => (b.time < a.time ? b : a)),
  }));
  let floor = 0;
  for (const end of [...ends].sort((a, b) => a.value - b.value)) {
    const value = Math.max(end.value, floor);
    floor = value * apart;
    Object.assign(end, { value });
  }
  return ends;
}
