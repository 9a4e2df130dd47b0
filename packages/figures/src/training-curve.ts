import * as Plot from "@observablehq/plot";
import { axisBottom, axisLeft } from "./axes.ts";
import { type FigureOptions, figure } from "./figure.ts";
import { panel } from "./panel.ts";
import { theme } from "./theme.ts";

/** How a network's loss fell. */
export interface TrainingCurveData {
  readonly name: string;
  /** What is plotted: "mean squared error of ε", "cross-entropy  (nats)". */
  readonly loss: string;
  /** Steps done and the mean loss since the point before. */
  readonly points: readonly (readonly [step: number, loss: number])[];
}

/** Training loss against steps, both on logarithmic axes. */
export function trainingCurve(
  { name, loss, points }: TrainingCurveData,
  { document, width = theme.width }: FigureOptions,
): string {
  const [[firstStep, first], [lastStep, last]] = [points[0]!, points.at(-1)!];
  const plot = panel(document, {
    width,
    height: 260,
    marginLeft: 60,
    marginRight: 24,
    marginTop: 12,
    marginBottom: 42,
    x: { type: "log" },
    y: { type: "log" },
    marks: [
      ...axisBottom("steps", { ticks: 5, tickFormat: "~g" }),
      ...axisLeft(loss, { ticks: 5, tickFormat: "~g" }),
      Plot.lineY(points, { x: "0", y: "1", stroke: theme.color.blue, strokeWidth: 2 }),
      Plot.dot(points, { x: "0", y: "1", r: 2, fill: theme.color.blue }),
    ],
  });
  return figure(
    {
      title: `Training of ${name}`,
      description: `The ${loss.replaceAll("  ", " ")} goes from ${first.toPrecision(3)} about step ${Math.round(firstStep)} to ${last.toPrecision(3)} at step ${Math.round(lastStep)}.`,
    },
    [[plot]],
  );
}
