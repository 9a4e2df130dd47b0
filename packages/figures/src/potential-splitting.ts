import * as Plot from "@observablehq/plot";
import { axisLeft } from "./axes.ts";
import { type BranchData, branchPoints } from "./branch.ts";
import { type FigureOptions, figure, type Panel } from "./figure.ts";
import { panel } from "./panel.ts";
import { type PotentialCut, SIDE, wellPanels } from "./potential-wells.ts";
import { theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";

/** A one-dimensional generative potential that splits, and particles that fall in it. */
export interface PotentialSplittingData {
  readonly cuts: readonly PotentialCut[];
  /** OU times of the paths' points, descending. */
  readonly times: ArrayLike<number>;
  /** One path a particle, as long as `times`, and the side on which it ended. */
  readonly paths: readonly { readonly x: ArrayLike<number>; readonly decision: 1 | -1 }[];
  /** Fixed points of the potential against OU time. */
  readonly branches: readonly BranchData[];
  /** OU time at which the potential splits; none when it never does. */
  readonly critical?: number | undefined;
}

/** The potential at a few times, and below it the particles' paths, coloured by the side on which they ended. */
export function potentialSplitting(
  data: PotentialSplittingData,
  { document, width = theme.width }: FigureOptions,
): string {
  const { cuts, paths, critical } = data;
  const up = paths.filter(({ decision }) => decision === 1).length;
  const split =
    critical === undefined ? "never splits" : `splits at OU time ${critical.toFixed(4)}`;
  return figure(
    {
      title: "The potential splits and each particle decides",
      description: `The potential at ${cuts.map(({ label }) => label).join(", ")}; it ${split}. ${up} of ${paths.length} particles end on the positive side.`,
    },
    [
      wellPanels({ axes: { x: "x", u: "potential u / β" }, cuts }, document, width),
      [falls(data, document, width)],
    ],
  );
}

function falls(
  { times, paths, branches, critical }: PotentialSplittingData,
  document: unknown,
  width: number,
): Panel {
  const late = times[0]!;
  const far = Math.max(2.5, ...paths.flatMap(({ x }) => Array.from(x, Math.abs)));
  const axis = timeAxis(width - 72, late);
  return panel(document, {
    width,
    height: 300,
    marginLeft: 52,
    marginRight: 10,
    marginTop: 46,
    marginBottom: 42,
    x: axis.x,
    y: { domain: [-far, far] },
    marks: [
      ...axis.marks,
      ...axisLeft("particle x"),
      paths.map(({ x, decision }) =>
        Plot.line(
          Array.from(times, (time, i) => [time, x[i]!]),
          {
            stroke: SIDE[decision],
            strokeWidth: 0.8,
            strokeOpacity: 0.55,
          },
        ),
      ),
      branches.map((branch) =>
        Plot.line(
          branchPoints(branch).filter(({ parameter }) => parameter <= late),
          {
            x: "parameter",
            y: "x",
            strokeWidth: 2.2,
            ...(!branch.stable && { strokeDasharray: "4 4" }),
          },
        ),
      ),
      critical === undefined
        ? null
        : [
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
    ],
  });
}
