import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import { panel } from "./panel.ts";
import { theme } from "./theme.ts";

/** A list of noise levels to draw. */
export interface ScheduleData {
  readonly name: string;
  readonly levels: readonly {
    readonly timestep: number;
    readonly alpha: number;
    readonly sigma: number;
  }[];
}

/** Signal, noise and log signal-to-noise ratio of a schedule against its timestep. */
export function schedule(
  { name, levels }: ScheduleData,
  { document, width = theme.width }: FigureOptions,
): string {
  const points = levels
    .filter(({ sigma }) => sigma > 0)
    .map((level) => ({ ...level, logSnr: 2 * Math.log(level.alpha / level.sigma) }));
  const last = points.reduce((a, b) => (b.timestep > a.timestep ? b : a), points[0]!);
  const common = {
    width: width / 2,
    height: 270,
    marginLeft: 52,
    marginRight: 34,
    marginTop: 12,
    marginBottom: 42,
  };
  const line = (y: "alpha" | "sigma" | "logSnr", stroke: string) =>
    Plot.lineY(points, { x: "timestep", y, stroke, strokeWidth: 2 });
  const label = (y: "alpha" | "sigma", text: string, fill: string) =>
    Plot.text([last], {
      x: "timestep",
      y,
      text: () => text,
      textAnchor: "start",
      dx: 6,
      fill,
      fontWeight: 600,
    });
  return figure(
    {
      title: `${name} schedule`,
      description: `Signal amplitude alpha falls from ${points[0]?.alpha.toFixed(3)} to ${last.alpha.toFixed(3)}, noise sigma rises to ${last.sigma.toFixed(3)}.`,
    },
    [
      [
        panel(document, {
          ...common,
          y: { domain: [0, 1.02] },
          marks: [
            ...axisBottom("timestep"),
            ...axisLeft("amplitude"),
            line("alpha", theme.color.blue),
            line("sigma", theme.color.vermillion),
            label("alpha", "α", theme.color.blue),
            label("sigma", "σ", theme.color.vermillion),
          ],
        }),
        panel(document, {
          ...common,
          marks: [
            ...axisBottom("timestep"),
            ...axisLeft("log SNR = ln(α² / σ²)  (nats)"),
            Plot.ruleY([0], { strokeOpacity: 0.4 }),
            line("logSnr", theme.color.purple),
          ],
        }),
      ],
    ],
  );
}
