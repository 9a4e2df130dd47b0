import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type FigureOptions, figure, type Panel } from "./figure.ts";
import { panel } from "./panel.ts";
import { theme } from "./theme.ts";

/** A one-dimensional potential at one moment, with the particles in it. */
export interface PotentialCut {
  /** Names the moment: "θ = 0.8". */
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly u: ArrayLike<number>;
  readonly particles?: readonly Particle[];
}

/** A particle in a potential, and the side on which it ends. */
export interface Particle {
  readonly x: number;
  readonly u: number;
  readonly decision: 1 | -1;
}

/** A potential at a few moments, side by side. */
export interface PotentialWellsData {
  readonly title: string;
  /** The quantity along the well, and its potential. */
  readonly axes: { readonly x: string; readonly u: string };
  readonly cuts: readonly PotentialCut[];
}

/** Colours of the two sides of a decision. */
export const SIDE: { readonly 1: string; readonly [-1]: string } = {
  1: theme.color.blue,
  [-1]: theme.color.vermillion,
};

/** The highest potential shown, above the wells' bottom. */
const TOP = 2.6;

/** One well that becomes two, as a row of small panels. */
export function potentialWells(
  data: PotentialWellsData,
  { document, width = theme.width }: FigureOptions,
): string {
  const labels = data.cuts.map(({ label }) => label).join(", ");
  return figure(
    { title: data.title, description: `${data.axes.u} against ${data.axes.x} at ${labels}` },
    [wellPanels(data, document, width)],
  );
}

/** The panels of {@link potentialWells}; the first carries the axis. */
export function wellPanels(
  { axes, cuts }: Pick<PotentialWellsData, "axes" | "cuts">,
  document: unknown,
  width: number,
): Panel[] {
  const margin = 52;
  const wide = (width - margin) / cuts.length;
  const edge = Math.max(...cuts.flatMap(({ x }) => Array.from(x, Math.abs)));
  return cuts.map(({ label, x, u, particles = [] }, i) => {
    const low = Math.min(...Array.from(u));
    const curve = Array.from(x, (at, k) => ({
      x: at,
      u: u[k]! - low <= TOP ? u[k]! - low : Number.NaN,
    }));
    const dots = particles
      .map((particle) => ({ ...particle, u: particle.u - low }))
      .filter((dot) => Math.abs(dot.x) <= edge && dot.u <= TOP);
    const ticks = [0, 1, 2];
    return panel(document, {
      width: wide + (i === 0 ? margin : 0),
      height: 190,
      marginLeft: i === 0 ? margin : 10,
      marginRight: 10,
      marginTop: 28,
      marginBottom: 42,
      x: { domain: [-edge, edge] },
      y: { domain: [-0.2, TOP], axis: null },
      marks: [
        ...axisBottom(axes.x, { ticks: 3, tickFormat: "d", labelOffset: 34 }),
        i === 0
          ? axisLeft(axes.u, { ticks, tickFormat: "d" })
          : Plot.gridY({ ticks, strokeOpacity: 0.09 }),
        Plot.line(curve, { x: "x", y: "u", strokeWidth: 2 }),
        Plot.dot(dots, {
          x: "x",
          y: "u",
          r: 3.2,
          fill: (dot: Particle) => SIDE[dot.decision],
          fillOpacity: 0.75,
        }),
        Plot.text([label], { frameAnchor: "top", dy: -20, fontWeight: 600 }),
      ],
    });
  });
}
