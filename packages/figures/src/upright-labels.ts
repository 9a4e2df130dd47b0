import * as Plot from "@observablehq/plot";

/** A label that runs up beside the vertical line of its moment. */
export interface UprightLabel {
  readonly text: string;
  readonly time: number;
  readonly fill: string;
}

/** The time axis that the labels stand on: its ends and its length in pixels. */
export interface LabelledAxis {
  readonly late: number;
  readonly early: number;
  readonly width: number;
}

/** Pixels between two labels, and from a line to its label. */
const APART = 14;
const BESIDE = 8;

/** Labels along vertical lines, each beside its own; where two lines are near, their labels move apart and none overprints another. */
export function uprightLabels(
  labels: readonly UprightLabel[],
  { late, early, width }: LabelledAxis,
): Plot.Markish[] {
  const places = labels
    .map((label) => ({ label, pixel: ((late - label.time) / (late - early)) * width }))
    .sort((a, b) => a.pixel - b.pixel);
  const moved = spread(
    places.map(({ pixel }) => pixel),
    APART,
    APART,
    width,
  );
  return places.map(({ label, pixel }, i) =>
    Plot.text([label.text], {
      x: () => label.time,
      frameAnchor: "bottom",
      rotate: -90,
      textAnchor: "start",
      dx: moved[i]! - pixel - BESIDE,
      dy: -6,
      fill: label.fill,
    }),
  );
}

/** Ascending places moved as little as it takes to lie `apart`, between `low` and `high` if there is room. */
export function spread(
  places: readonly number[],
  apart: number,
  low: number,
  high: number,
): number[] {
  const out: number[] = [];
  for (const place of places) out.push(Math.max(place, low, (out.at(-1) ?? -Infinity) + apart));
  for (let i = out.length - 1, most = high; i >= 0; i--, most = out[i + 1]! - apart)
    out[i] = Math.min(out[i]!, most);
  return out;
}
