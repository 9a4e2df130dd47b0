import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import { legend } from "./legend.ts";
import { panel } from "./panel.ts";
import { palette, theme } from "./theme.ts";

/** The potential along circles through pairs of samples, at a few levels. */
export interface CirclePotentialsData {
  readonly title: string;
  /** Radians: 0 is one sample, π/2 the other. */
  readonly angles: readonly number[];
  readonly series: readonly {
    readonly name: string;
    readonly at: readonly {
      /** Names the level: "index 500". */
      readonly label: string;
      /** u/beta, 0 at its lowest. */
      readonly potential: readonly number[];
      readonly standardError: readonly number[];
    }[];
  }[];
}

/** One well that becomes two between two samples, as a row of panels; bands are two standard errors wide on each side. */
export function circlePotentials(
  { title, angles, series }: CirclePotentialsData,
  { document, width = theme.width }: FigureOptions,
): string {
  const margin = 56;
  const labels = series[0]?.at.map(({ label }) => label) ?? [];
  const wide = (width - margin) / labels.length;
  const panels = labels.map((label, k) => {
    const curves = series.map(({ at }) => {
      const { potential, standardError } = at[k]!;
      return angles.map((angle, i) => ({
        angle: angle / Math.PI,
        u: potential[i]!,
        low: potential[i]! - 2 * standardError[i]!,
        high: potential[i]! + 2 * standardError[i]!,
      }));
    });
    const first = k === 0;
    return panel(document, {
      width: wide + (first ? margin : 0),
      height: 230,
      marginLeft: first ? margin : 34,
      marginRight: 10,
      marginTop: 48,
      marginBottom: 42,
      marks: [
        ...axisBottom("angle φ / π", { ticks: [0, 0.5], labelOffset: 34 }),
        ...axisLeft(first ? "u / β  (from its lowest)" : "", { ticks: 4, tickFormat: "~s" }),
        Plot.ruleX([0, 0.5], { strokeDasharray: "1 3" }),
        curves.map((curve, i) => {
          const color = palette[i % palette.length]!;
          return [
            Plot.areaY(curve, { x: "angle", y1: "low", y2: "high", fill: color, fillOpacity: 0.2 }),
            Plot.line(curve, { x: "angle", y: "u", stroke: color, strokeWidth: 2 }),
          ];
        }),
        first
          ? legend(
              series.map(({ name }) => name),
              40,
            )
          : null,
        Plot.text([label], { frameAnchor: "top", dy: -20, fontWeight: 600 }),
      ],
    });
  });
  const said = series.map(({ name, at }) => {
    const barriers = at.map(({ label, potential }) => `${barrier(angles, potential)} at ${label}`);
    return `${name}: barrier between the two samples ${barriers.join(", ")}`;
  });
  return figure({ title, description: `${said.join(". ")}.` }, [panels]);
}

/** u(π/4) − ½(u(0) + u(π/2)) at the nearest angles. */
function barrier(angles: readonly number[], u: readonly number[]): string {
  const at = (angle: number): number => {
    const away = angles.map((value) => Math.abs(value - angle));
    return u[away.indexOf(Math.min(...away))]!;
  };
  return (at(Math.PI / 4) - 0.5 * (at(0) + at(Math.PI / 2))).toPrecision(3);
}
