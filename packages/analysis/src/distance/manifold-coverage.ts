import { checkData, type Data, invalid, type Multiply, sizeOf } from "@symbreak/core";
import { distanceBlocks } from "../neighbours/distance-blocks.ts";
import { nearest } from "../neighbours/nearest-neighbours.ts";
import { pairDistance } from "../neighbours/pair-distance.ts";

/** How well two sets cover each other, by balls around each sample that reach to its k-th neighbour. */
export interface ManifoldCoverage {
  /** Share of the generated samples inside at least one ball of the real ones (Kynkäänniemi et al. 2019). */
  readonly precision: number;
  /** Share of the real samples inside at least one ball of the generated ones. */
  readonly recall: number;
  /** Balls of real samples that hold a generated one, over k, averaged; may exceed 1 (Naeem et al. 2020). */
  readonly density: number;
  /** Share of the real samples whose ball holds at least one generated one (Naeem et al. 2020). */
  readonly coverage: number;
  readonly k: number;
  readonly counts: { readonly real: number; readonly generated: number };
  readonly size: number;
}

/** Settings of {@link manifoldCoverage}. */
export interface ManifoldOptions {
  /** Neighbours that a ball reaches to, the sample itself not counted. Default 5. */
  readonly k?: number;
  readonly multiply?: Multiply;
}

/**
 * Precision, recall, density and coverage of features. "Inside" is strict: duplicates, whose balls have radius 0, contain
 * nothing.
 */
export async function manifoldCoverage(
  real: Data,
  generated: Data,
  options: ManifoldOptions = {},
): Promise<ManifoldCoverage> {
  const { k = 5, multiply } = options;
  const where = "manifoldCoverage";
  const counts = { real: checkData(where, real, 2), generated: checkData(where, generated, 2) };
  const fewest = Math.min(counts.real, counts.generated);
  if (!Number.isInteger(k) || k < 1 || k >= fewest)
    throw invalid(where, `k must be an integer from 1 to ${fewest - 1}`, k);
  const realRadii = await squaredRadii(real, k, multiply);
  const generatedRadii = await squaredRadii(generated, k, multiply);
  const distance = pairDistance(real, generated);
  const precise = new Uint8Array(counts.generated);
  const recalled = new Uint8Array(counts.real);
  const covered = new Uint8Array(counts.real);
  let holdings = 0;
  for await (const block of distanceBlocks(where, real, generated, { multiply })) {
    const { row, rows, column, columns, squares, error } = block;
    for (let r = 0, at = 0; r < rows; r++) {
      const radius = realRadii[row + r]!;
      for (let s = 0; s < columns; s++, at++) {
        const other = generatedRadii[column + s]!;
        let square = squares[at]!;
        // Too near to a ball's surface to tell: measured again, as the radii were.
        if (Math.abs(square - radius) <= error || Math.abs(square - other) <= error)
          square = distance(row + r, column + s);
        if (square < radius) {
          holdings++;
          precise[column + s] = 1;
          covered[row + r] = 1;
        }
        if (square < other) recalled[row + r] = 1;
      }
    }
  }
  return {
    precision: share(precise),
    recall: share(recalled),
    density: holdings / (k * counts.generated),
    coverage: share(covered),
    ...{ k, counts, size: sizeOf(real.shape) },
  };
}

/** The squared distance of each sample to its k-th neighbour in the set. */
async function squaredRadii(
  data: Data,
  k: number,
  multiply: Multiply | undefined,
): Promise<Float64Array> {
  const options = { excludeSelf: true, multiply };
  const { squares } = await nearest("manifoldCoverage", data, data, k, options);
  return squares.filter((_, place) => place % k === k - 1);
}

function share(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
}
