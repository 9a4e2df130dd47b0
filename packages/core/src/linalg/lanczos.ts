import { invalid } from "../invalid.ts";
import { type KrylovSearch, topPairs } from "./krylov.ts";

/** Settings of {@link lanczos}. */
export interface LanczosOptions {
  /** Largest residual ‖A v − value·v‖, relative to ‖A‖. Default 1e-12. */
  readonly tolerance?: number;
  /** Most products with the operator before it gives up. Default 2000. */
  readonly maxProducts?: number;
  /** Seed of the random starting vectors. Default 0. */
  readonly seed?: number;
}

/** The k largest eigenpairs of a symmetric operator. */
export interface LanczosResult {
  /** Descending, with multiplicity. */
  readonly values: Float64Array;
  /** k × size, one orthonormal eigenvector a row. */
  readonly vectors: Float64Array;
  /** Lanczos's estimate of each ‖A v − value·v‖; rounding adds about ε·‖A‖. */
  readonly residuals: Float64Array;
  /** Products with the operator, the search for further copies included. */
  readonly iterations: number;
}

/**
 * The k algebraically largest eigenvalues and eigenvectors of a symmetric operator, given by its product with a
 * vector.
 *
 * Lanczos with full reorthogonalisation. A Krylov space holds one vector of each eigenspace, so the pairs found are
 * set aside and their complement searched until it holds nothing larger: degenerate eigenvalues come with their
 * multiplicity, and k may exceed the rank. Throws when `maxProducts` do not suffice.
 *
 * @param apply returns A·x and leaves x alone
 * @example lanczos((x) => covarianceTimes(x), 784, 10).values // the ten largest
 */
export function lanczos(
  apply: (x: Float64Array) => Float64Array,
  size: number,
  k: number,
  options: LanczosOptions = {},
): LanczosResult {
  const steps = lanczosSteps(size, k, options);
  let step = steps.next();
  while (!step.done) step = steps.next(apply(step.value));
  return step.value;
}

/** {@link lanczos} for an operator that answers later: a network, a worker, a stream of batches. */
export async function lanczosAsync(
  apply: (x: Float64Array) => Promise<Float64Array>,
  size: number,
  k: number,
  options: LanczosOptions = {},
): Promise<LanczosResult> {
  const steps = lanczosSteps(size, k, options);
  let step = steps.next();
  while (!step.done) step = steps.next(await apply(step.value));
  return step.value;
}

/** Yields each vector to multiply and is sent the product. */
function* lanczosSteps(
  size: number,
  k: number,
  { tolerance = 1e-12, maxProducts = 2000, seed = 0 }: LanczosOptions,
): Generator<Float64Array, LanczosResult, Float64Array> {
  if (!Number.isInteger(k) || k < 1 || k > size)
    throw invalid("lanczos", `k must be an integer from 1 to ${size}`, k);
  const search: KrylovSearch = {
    size,
    tolerance,
    maxProducts,
    seed,
    products: 0,
    draws: 0,
    norm: 0,
  };
  const pairs = yield* topPairs(search, [], k, -Infinity);
  while (pairs.length < size) {
    const smallest = pairs[k - 1]!.value;
    const [further] = yield* topPairs(search, pairs, 1, smallest);
    if (further === undefined || further.value <= smallest + tolerance * search.norm) break;
    pairs.push(further);
    pairs.sort((a, b) => b.value - a.value);
  }
  const vectors = new Float64Array(k * size);
  for (let i = 0; i < k; i++) vectors.set(pairs[i]!.vector, i * size);
  const top = pairs.slice(0, k);
  return {
    values: Float64Array.from(top, (pair) => pair.value),
    vectors,
    residuals: Float64Array.from(top, (pair) => pair.residual),
    iterations: search.products,
  };
}
