import * as Plot from "@observablehq/plot";
import { axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import { panel } from "./panel.ts";
import { theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";
import { type UprightLabel, uprightLabels } from "./upright-labels.ts";

/** The covariance spectrum of a data set, read as times. */
export interface SpectrumData {
  /** Descending eigenvalues of the data covariance, as many as are known. */
  readonly eigenvalues: ArrayLike<number>;
  /** The scale of the data: eigenvalues mean nothing without it. */
  readonly scale: string;
  /** Speciation time of the leading mode, OU time; null where no mode rises above the noise. */
  readonly speciation: number | null;
  /** Estimates of the collapse time, OU time; the first one bounds the regimes. */
  readonly collapse: readonly { readonly name: string; readonly time: number }[];
}

/** Every eigenmode at the time when generation decides about it, with the collapse times on the same axis. */
export function spectrum(
  data: SpectrumData,
  { document, width = theme.width }: FigureOptions,
): string {
  const { speciation, collapse } = data;
  const modes = Array.from(data.eigenvalues, (value, k) => ({
    rank: k + 1,
    time: Math.log(value) / 2,
  }));
  const deciding = modes.filter(({ time }) => time > 0);
  const late = Math.max(speciation ?? 0, ...collapse.map(({ time }) => time)) * 1.18;
  const ranks = Math.max(10, 1.6 * deciding.length);
  const axis = timeAxis(width - 80, late);
  const plot = panel(document, {
    width,
    height: 330,
    marginLeft: 56,
    marginRight: 24,
    marginTop: 46,
    marginBottom: 42,
    x: axis.x,
    y: { type: "log", domain: [ranks, 0.6] },
    marks: [
      Plot.rect(regimes(data, late), { x1: "from", x2: "to", fill: "fill", fillOpacity: 0.1 }),
      ...axis.marks,
      ...axisLeft("eigenmode k (rank)", {
        ticks: [1, 2, 5, 10, 20, 50, 100, 200, 500].filter((k) => k <= ranks),
        tickFormat: "d",
      }),
      Plot.text(regimes(data, late), {
        x: "from",
        text: "name",
        textAnchor: "start",
        dx: 8,
        frameAnchor: "top",
        dy: 6,
        fill: theme.color.gray,
      }),
      Plot.ruleX(speciation === null ? [] : [speciation], {
        stroke: theme.color.blue,
        strokeWidth: 1.5,
      }),
      collapse.map(({ time }, i) =>
        Plot.ruleX([time], {
          stroke: theme.color.vermillion,
          strokeWidth: 1.5,
          ...(i > 0 && { strokeDasharray: "3 4" }),
        }),
      ),
      Plot.dot(deciding, { x: "time", y: "rank", r: 3, fill: theme.color.blue }),
      uprightLabels(labels(data), { late, early: 0, width: width - 80 }),
    ],
  });
  const [first] = collapse;
  return figure(
    {
      title: `The spectrum as decision times  (Λ = ${data.eigenvalues[0]!.toPrecision(4)}, ${data.scale} scale)`,
      description: `${deciding.length} eigenmodes have a speciation time ½ ln λ above zero.${speciation === null ? " No mode rises above the noise" : ` The first decides at OU time ${speciation.toFixed(3)}`}${first ? `; samples collapse on training images at ${first.time.toFixed(3)}` : ""}.`,
    },
    [[plot]],
  );
}

function labels({ speciation, collapse }: SpectrumData): UprightLabel[] {
  const times = collapse.map(({ name, time }) => {
    return { text: `t_C = ${time.toFixed(3)}  ${name}`, time, fill: theme.color.vermillion };
  });
  if (speciation === null) return times;
  const text = `t_S = ${speciation.toFixed(3)}  leading mode`;
  return [{ text, time: speciation, fill: theme.color.blue }, ...times];
}

function regimes({ speciation, collapse }: SpectrumData, late: number) {
  const end = collapse[0]?.time ?? 0;
  const decides = speciation ?? 0;
  return [
    { from: late, to: Math.max(decides, end), name: "noise", fill: "none" },
    { from: decides, to: end, name: "classes decide", fill: theme.color.blue },
    { from: end, to: 0, name: "collapse", fill: theme.color.vermillion },
  ].filter(({ from, to }) => from > to);
}
