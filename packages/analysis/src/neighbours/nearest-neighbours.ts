import { checkData, type Data, invalid, type Multiply, takeSamples } from "@symbreak/core";
import { type DistanceOptions, distanceBlocks } from "./distance-blocks.ts";
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

/** Candidates beyond k: the last of them tells whether rounding can have lost a neighbour. */
const SPARE = 8;

/**
 * The k nearest references of each query, by brute force in blocks.
 *
 * Bytes in the same units are compared exactly, in integers: 10,000 × 10,000 MNIST images take some 4 s on one core. Of
 * floats, candidates come from a matrix product in single precision, and their distances from differences in double; where
 * rounding might have lost a neighbour, the query is searched again in double.
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
  const own = excludeSelf ? Int32Array.from({ length: count }, (_, n) => n) : undefined;
  const search = { where, references, k, most };
  const found = await searched(queries, own, { ...search, multiply, single: true });
  const { doubtful } = found;
  if (doubtful.length === 0) return found;
  const again = await searched(
    takeSamples(queries, doubtful),
    own && Int32Array.from(doubtful),
    search,
  );
  for (const [r, n] of doubtful.entries()) {
    found.indices.set(again.indices.subarray(r * k, (r + 1) * k), n * k);
    found.squares.set(again.squares.subarray(r * k, (r + 1) * k), n * k);
  }
  return found;
}

interface Search extends DistanceOptions {
  readonly where: string;
  readonly references: Data;
  readonly k: number;
  /** References that may be found of each query. */
  readonly most: number;
}

/**
 * Candidates by the blocks' distances, then the best of them by differences. Doubtful are the queries of which a reference that
 * is no candidate might, by its rounding, be nearer than what was found; none where all products are in doubles or exact.
 */
async function searched(
  queries: Data,
  own: Int32Array | undefined,
  { where, references, k, most, ...options }: Search,
): Promise<{ indices: Int32Array; squares: Float64Array; doubtful: number[] }> {
  const { count } = queries;
  const each = Math.min(k + SPARE, most);
  const candidates = smallest(count, each);
  const errors = new Float64Array(count);
  for await (const block of distanceBlocks(where, queries, references, options)) {
    const { row, rows, column, columns, squares, error } = block;
    for (let r = 0, at = 0; r < rows; r++) {
      const itself = own === undefined ? -1 : own[row + r]! - column;
      const last = (row + r) * each + each - 1;
      let worst = candidates.values[last]!;
      for (let s = 0; s < columns; s++, at++)
        if (squares[at]! < worst && s !== itself) {
          candidates.offer(row + r, squares[at]!, column + s);
          worst = candidates.values[last]!;
        }
      errors[row + r] = Math.max(errors[row + r]!, error);
    }
  }
  const distance = pairDistance(queries, references);
  const best = smallest(count, k);
  const doubtful: number[] = [];
  const rounded = options.multiply !== undefined || options.single === true;
  for (let n = 0; n < count; n++) {
    const of = candidates.indices.slice(n * each, (n + 1) * each).sort();
    for (const index of of) best.offer(n, distance(n, index), index);
    const beyond = candidates.values[(n + 1) * each - 1]! - errors[n]!;
    if (rounded && each < most && !(best.values[(n + 1) * k - 1]! < beyond)) doubtful.push(n);
  }
  return { indices: best.indices, squares: best.values, doubtful };
}
