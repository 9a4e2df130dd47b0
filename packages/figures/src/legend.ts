import * as Plot from "@observablehq/plot";
import { palette } from "./theme.ts";

/** The names of series in their colours, side by side, `above` pixels over the frame. */
export function legend(names: readonly string[], above: number): Plot.Markish[] {
  let left = 0;
  return names.map((name, i) => {
    const at = left;
    left += 7.2 * name.length + 22;
    return Plot.text([name], {
      frameAnchor: "top-left",
      textAnchor: "start",
      dx: at,
      dy: -above,
      fill: palette[i % palette.length]!,
      fontWeight: 600,
    });
  });
}
