import type { Cell, MeasuredCell } from "@symbreak/analysis";

/** A cell with this distance and an interval of a tenth around it. */
export function measured(
  cell: Cell & { value: number; nfe?: number; count?: number },
): MeasuredCell {
  const { value, nfe, count = 100, ...rest } = cell;
  const counts = { real: 100, generated: 100 };
  return {
    ...rest,
    ouTime: cell.timestep / 300,
    nfe: nfe ?? cell.steps,
    count,
    first: 50,
    quality: {
      frechet: {
        name: "FD-test",
        value,
        low: 0.9 * value,
        high: 1.1 * value,
        standardError: 0.05 * value,
        bias: 1,
        counts,
        size: 2,
        groups: 20,
        seed: 0,
      },
      kernel: { value: 0.5, standardDeviation: null, subsets: 1, counts, size: 2, seed: 0 },
      manifold: { precision: 0.9, recall: 0.8, density: 1, coverage: 0.7, k: 5, counts, size: 2 },
      classes: { shares: [0.5, 0.5], entropy: 1, kl: 0.01, js: 0.005 },
      unsure: 0.125,
    },
  };
}
