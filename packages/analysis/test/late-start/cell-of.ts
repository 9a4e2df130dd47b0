import type { Cell, MeasuredCell } from "../../src/late-start/cell.ts";

/** A cell with this Fréchet distance, its other measures those of nothing. */
export function cellOf({
  value,
  bias = 0,
  nfe,
  ...cell
}: Cell & { value: number; bias?: number; nfe?: number }): MeasuredCell {
  const counts = { real: 2, generated: 2 };
  return {
    ...cell,
    ouTime: cell.timestep / 300,
    nfe: nfe ?? cell.steps,
    count: 2,
    first: 0,
    quality: {
      frechet: {
        name: "FD-test",
        value,
        low: value,
        high: value,
        standardError: 0,
        bias,
        counts,
        size: 1,
        groups: 2,
        seed: 0,
      },
      kernel: { value: 0, standardDeviation: null, subsets: 1, counts, size: 1, seed: 0 },
      manifold: { precision: 1, recall: 1, density: 1, coverage: 1, k: 1, counts, size: 1 },
      classes: null,
      unsure: null,
    },
  };
}
