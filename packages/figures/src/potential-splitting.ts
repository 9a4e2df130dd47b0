import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type FigureOptions, figure, type Panel, panel } from "./figure.ts";
import { theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";

/** A one-dimensional generative potential that splits, and particles that fall in it. */
export interface PotentialSplittingData {
  /** Cuts u(x) at a few amplitudes θ = √ᾱ, with the particles' positions at that moment. */
  readonly cuts: readonly {
    readonly theta: number;
    readonly x: ArrayLike<number>;
    readonly u: ArrayLike<number>;
    readonly particles: readonly {
      readonly x: number;
      readonly u: number;
      readonly decision: 1 | -1;
    }[];
  }[];
  /** OU times of the trajectories' points, descending. */
  readonly times: ArrayLike<number>;
  /** One path a particle, same length as `times`, and the side where it ended. */
  readonly paths: readonly { readonly x: ArrayLike<number>; readonly decision: 1 | -1 }[];
  /** Fixed points against OU time, one list a branch. */
  readonly branches: readonly {
    readonly stable: boolean;
    readonly points: readonly { readonly time: number; readonly x: number }[];
  }[];
  /** OU time of the split of the potential. */
  readonly critical: number;
}

/** The highest potential shown, above the well's bottom, and the largest |x|. */
const TOP = 2.6;
const EDGE = 2.2;

const SIDE = { 1: theme.color.blue, [-1]: theme.color.vermillion } as const;

/** The potential at a few times, and below it the particles' paths, coloured by the side on which they ended. */
export function potentialSplitting(
  data: PotentialSplittingData,
  { document, width = theme.width }: FigureOptions,
): string {
  const left = 52;
  const wide = (width - left) / data.cuts.length;
  return figure(
    {
      title: "The potential splits and each particle decides",
      description: `One well at amplitude ${data.cuts[0]?.theta}, two at ${data.cuts.at(-1)?.theta}; the split is at OU time ${data.critical.toFixed(4)}. ${data.paths.filter(({ decision }) => decision === 1).length} of ${data.paths.length} particles end on the positive side.`,
    },
    [
      data.cuts.map((cut, i) =>
        well(cut, document, wide + (i === 0 ? left : 0), i === 0 ? left : 0),
      ),
      [falls(data, document, width, left)],
    ],
  );
}

function well(
  { theta, x, u, particles }: PotentialSplittingData["cuts"][number],
  document: unknown,
  width: number,
  left: number,
): Panel {
  const low = Math.min(...Array.from(u));
  const shown = (at: number, height: number) => Math.abs(at) <= EDGE && height <= TOP;
  const curve = Array.from(x, (at, i) => ({
    x: at,
    u: shown(at, u[i]! - low) ? u[i]! - low : Number.NaN,
  }));
  const dots = particles
    .map((particle) => ({ ...particle, u: particle.u - low }))
    .filter((dot) => shown(dot.x, dot.u));
  return panel(document, {
    width,
    height: 190,
    marginLeft: left || 10,
    marginRight: 10,
    marginTop: 28,
    marginBottom: 42,
    x: { domain: [-EDGE, EDGE] },
    y: { domain: [-0.2, TOP], axis: null },
    marks: [
      ...axisBottom("x", { ticks: [-1, 0, 1], tickFormat: "d", labelOffset: 34 }),
      left
        ? axisLeft("potential u / β", { ticks: [0, 1, 2], tickFormat: "d" })
        : Plot.gridY({ ticks: [0, 1, 2], strokeOpacity: 0.09 }),
      Plot.line(curve, { x: "x", y: "u", strokeWidth: 2 }),
      Plot.dot(dots, {
        x: "x",
        y: "u",
        r: 3.2,
        fill: (dot) => SIDE[dot.decision as 1 | -1],
        fillOpacity: 0.75,
      }),
      Plot.text([`θ = ${theta}`], { frameAnchor: "top", dy: -20, fontWeight: 600 }),
    ],
  });
}

function falls(
  { times, paths, branches, critical }: PotentialSplittingData,
  document: unknown,
  width: number,
  left: number,
): Panel {
  const late = times[0]!;
  const far = Math.max(2.5, ...paths.flatMap(({ x }) => Array.from(x, Math.abs)));
  const axis = timeAxis(width - left - 20, late);
  const lines = paths.map(({ x, decision }) =>
    Plot.line(
      Array.from(times, (time, i) => ({ time, x: x[i]! })),
      { x: "time", y: "x", stroke: SIDE[decision], strokeWidth: 0.8, strokeOpacity: 0.55 },
    ),
  );
  return panel(document, {
    width,
    height: 300,
    marginLeft: left,
    marginRight: 10,
    marginTop: 46,
    marginBottom: 42,
    x: axis.x,
    y: { domain: [-far, far] },
    marks: [
      ...axis.marks,
      ...axisLeft("particle x"),
      lines,
      branches.map(({ stable, points }) =>
        Plot.line(points, {
          x: "time",
          y: "x",
          strokeWidth: 2.2,
          ...(!stable && { strokeDasharray: "4 4" }),
        }),
      ),
      Plot.ruleX([critical], { strokeWidth: 1.2, strokeDasharray: "1 3" }),
      Plot.text([`t_c = ${critical.toFixed(3)}`], {
        x: () => critical,
        frameAnchor: "bottom",
        textAnchor: "end",
        dx: -6,
        dy: -6,
        fontWeight: 600,
      }),
    ],
  });
}
