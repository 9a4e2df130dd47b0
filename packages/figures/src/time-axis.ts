import * as Plot from "@observablehq/plot";
import { discreteSchedule } from "@symbreak/core";
import { theme } from "./theme.ts";

/** Indices of the 1000-step linear schedule that the second axis may show. */
const INDICES = [
  0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600, 650, 700, 750, 800, 850, 900, 950,
  999,
];

/** OU time −½ ln ᾱ of each index of the linear schedule. */
function ouTimes(): Float64Array {
  return discreteSchedule().alphaBars.map((alphaBar) => -Math.log(alphaBar) / 2);
}

/** A time axis: its Plot scale and the marks that draw it. */
export interface TimeAxis {
  readonly x: Plot.ScaleOptions;
  readonly marks: Plot.Markish[];
}

/**
 * The time axis that every figure shares: OU time below, the index of the linear 1000-step DDPM schedule above, and
 * generation running from left (noise, time `late`) to right (data, time `early`). `width` is the axis' length in pixels.
 */
export function timeAxis(width: number, late: number, early = 0): TimeAxis {
  const times = ouTimes();
  const apart = (34 * (late - early)) / width;
  const shown: number[] = [];
  for (const index of INDICES) {
    const time = times[index]!;
    const previous = shown.length > 0 ? times[shown.at(-1)!]! : -Infinity;
    if (time >= early && time <= late && time - previous >= apart) shown.push(index);
  }
  const indexAt = new Map(shown.map((index) => [times[index]!, index]));
  const common = { labelAnchor: "center", labelArrow: "none", tickSize: 5 } as const;
  return {
    x: { domain: [late, early] },
    marks: [
      Plot.axisX({
        ...common,
        label: "OU time t   (generation →)",
        ticks: width / 80,
        labelOffset: 36,
      }),
      Plot.axisX([...indexAt.keys()], {
        ...common,
        anchor: "top",
        tickFormat: (time: number) => String(indexAt.get(time)),
        label: "DDPM index (linear schedule, 1000 steps)",
        labelOffset: 34,
        color: theme.color.gray,
      }),
    ],
  };
}
