import { checkData, type Data, invalid, type Multiply } from "@symbreak/core";
import { distanceBlocks } from "./distance-blocks.ts";
import { pairDistance } from "./pair-distance.ts";
import { smallest } from "./smallest.ts";

/** Settings of {@link nearestNeighbours}. */
export interface NeighbourOptions {
  /** The two sets are one: no sample is its own neighbour (its duplicates are). Default false. */
  readonly excludeSelf?: boolean | undefined;
  /** For the large product. Default: exact integers for bytes, double precision for the rest. */
  readonly multiply?: Multiply | undefined;
}

/** The nearest references of each query. */
export interface Neighbours {
  readonly k: number;
  /** queries × k, nearest first; of equally near ones the first. */
  readonly indices: Int32Array;
  /** queries × k, Euclidean, in the units that the model sees. */
  readonly distances: Float64Array;
}

/** Candidates beyond k, so that a product in single precision does not lose a neighbour to rounding. */
const SPARE = 8;

/**
 * The k nearest references of each query, by brute force in blocks.
 *
 * Bytes in the same units are compared exactly, in integers: 10,000 × 10,000 MNIST images take some 4 s on one core. Of
 * floats, candidates come from a matrix product, and their distances from differences in double.
 */
export async function nearestNeighbours(
  queries: Data,
  references: Data,
  k: number,
  options: NeighbourOptions = {},
): Promise<Neighbours> {
  const found = await nearest("nearestNeighbours", queries, references, k, options);
  return { k, indices: found.indices, distances: found.squares.map(Math.sqrt) };
}

/** {@link nearestNeighbours} with squared distances: those of `pairDistance`, to the bit. */
export async function nearest(
  where: string,
  queries: Data,
  references: Data,
  k: number,
  { excludeSelf = false, multiply }: NeighbourOptions,
): Promise<{ indices: Int32Array; squares: Float64Array }> {
  const [count, total] = [checkData(where, queries), checkData(where, references)];
  const most = excludeSelf ? total - 1 : total;
  if (!Number.isInteger(k) || k < 1 || k > most)
    throw invalid(where, `k must be an integer from 1 to ${most}`, k);
  const each = Math.min(k + SPARE, most);
  const candidates = smallest(count, each);
  for await (const block of distanceBlocks(where, queries, references, multiply)) {
    const { row, rows, column, columns, squares } = block;
    for (let r = 0, at = 0; r < rows; r++) {
      const own = excludeSelf ? row + r - column : -1;
      const last = (row + r) * each + each - 1;
      let worst = candidates.values[last]!;
      for (let s = 0; s < columns; s++, at++)
        if (squares[at]! < worst && s !== own) {
          candidates.offer(row + r, squares[at]!, column + s);
          worst = candidates.values[last]!;
        }
    }
  }
  const distance = pairDistance(queries, references);
  const best = smallest(count, k);
  for (let n = 0; n < count; n++)
    for (const index of candidates.indices.slice(n * each, (n + 1) * each).sort())
      best.offer(n, distance(n, index), index);
  return { indices: best.indices, squares: best.values };
}
