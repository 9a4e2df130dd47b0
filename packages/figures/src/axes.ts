import * as Plot from "@observablehq/plot";

/** The left axis of every figure: faint grid lines and a label along the axis. */
export function axisLeft(label: string, options: Plot.AxisYOptions = {}): Plot.Markish[] {
  return [
    Plot.gridY({ strokeOpacity: 0.09, ...grid(options) }),
    Plot.axisY({ label, labelAnchor: "center", labelArrow: "none", tickSize: 5, ...options }),
  ];
}

/** The bottom axis of every figure that has no time axis. */
export function axisBottom(label: string, options: Plot.AxisXOptions = {}): Plot.Markish[] {
  return [
    Plot.axisX({
      label,
      labelAnchor: "center",
      labelArrow: "none",
      tickSize: 5,
      labelOffset: 36,
      ...options,
    }),
  ];
}

function grid({ ticks }: Plot.AxisYOptions): { ticks?: NonNullable<Plot.AxisYOptions["ticks"]> } {
  return ticks === undefined ? {} : { ticks };
}
