import { invalid } from "@symbreak/core";
import type { PatchChanges } from "./patch-changes.ts";

/** How far changes go together. */
export interface Susceptibility {
  /** χ = Σ_ij Cov(σ_i, σ_j)/Σ_i Var(σ_i): 1 where patches change independently, their number where all change as one. */
  readonly value: number;
  /** Mean correlation of two patches by their distance, 1, 2, … patches (rounded); null where none vary. */
  readonly correlation: readonly number[] | null;
  /** Distance in patches at which the correlation has sunk to 1/e; null where it does not within the image. */
  readonly length: number | null;
  /** Share of patches changed. */
  readonly share: number;
}

/**
 * The dynamical susceptibility of U-turns (arXiv 2410.13770) from what changed in each of many images: it peaks, with the
 * correlation length, where the class is lost, since there whole blocks change together. 0 where nothing varies.
 */
export function susceptibility({ changed, rows, columns }: PatchChanges): Susceptibility {
  const cells = rows * columns;
  const count = changed.length / cells;
  if (!Number.isInteger(count) || count < 2)
    throw invalid("susceptibility", `changed must hold at least two images of ${cells}`, count);
  const mean = new Float64Array(cells);
  for (let i = 0; i < changed.length; i++) mean[i % cells]! += changed[i]! / count;
  const centred = changed.map((value, i) => value - mean[i % cells]!);
  const covariance = (i: number, j: number) => {
    let sum = 0;
    for (let n = 0; n < centred.length; n += cells) sum += centred[n + i]! * centred[n + j]!;
    return sum / count;
  };
  let [all, own] = [0, 0];
  const sums: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < cells; i++) {
    const variance = covariance(i, i);
    all += variance;
    own += variance;
    for (let j = 0; j < i; j++) {
      const both = covariance(i, j);
      all += 2 * both;
      const [dy, dx] = [
        Math.floor(i / columns) - Math.floor(j / columns),
        (i % columns) - (j % columns),
      ];
      const distance = Math.round(Math.hypot(dy, dx));
      sums[distance] = (sums[distance] ?? 0) + both;
      counts[distance] = (counts[distance] ?? 0) + 1;
    }
  }
  const share = mean.reduce((sum, value) => sum + value, 0) / cells;
  if (own === 0) return { value: 0, correlation: null, length: null, share };
  const scale = own / cells;
  const correlation = sums.slice(1).map((sum, k) => sum / counts[k + 1]! / scale);
  return { value: all / own, correlation, length: lengthOf(correlation), share };
}

/** Where 1, c_1, c_2, … first falls below 1/e, linear between. */
function lengthOf(correlation: readonly number[]): number | null {
  const values = [1, ...correlation];
  const after = values.findIndex((value) => value < 1 / Math.E);
  if (after < 1) return null;
  const [above, below] = [values[after - 1]!, values[after]!];
  return after - 1 + (above - 1 / Math.E) / (above - below);
}
