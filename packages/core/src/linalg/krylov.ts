import { invalid } from "../invalid.ts";
import { philoxNoise } from "../random/philox-noise.ts";
import { dot, normalise, orthogonalise } from "./orthogonalise.ts";
import { tridiagonalEigen } from "./tridiagonal-eigen.ts";

/** What the runs of one Lanczos search share. */
export interface KrylovSearch {
  readonly size: number;
  readonly tolerance: number;
  readonly maxProducts: number;
  readonly seed: number;
  products: number;
  /** Random vectors drawn so far. */
  draws: number;
  /** The operator's norm, estimated from below. */
  norm: number;
}

/** An eigenpair with the estimate of its residual. */
export interface Pair {
  readonly value: number;
  readonly vector: Float64Array;
  readonly residual: number;
}

/** Residuals are looked at every so many products. */
const CHECK_EVERY = 4;

/**
 * The `wanted` largest Ritz pairs of the operator on the orthogonal complement of `locked`, converged; none as soon
 * as the largest is seen to lie below `floor`.
 *
 * Full reorthogonalisation keeps the basis orthonormal to rounding. When the Krylov space closes (beta ≈ 0) the
 * basis goes on from a fresh random vector and the tridiagonal matrix falls into blocks.
 */
export function* topPairs(
  search: KrylovSearch,
  locked: readonly Pair[],
  wanted: number,
  floor: number,
): Generator<Float64Array, Pair[], Float64Array> {
  const { size, tolerance } = search;
  const fixed = locked.map((pair) => pair.vector);
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let next = fresh(search, fixed);
  for (;;) {
    basis.push(next);
    const remainder = Float64Array.from(yield next);
    if (++search.products > search.maxProducts) throw tooSlow(search);
    const alpha = dot(next, remainder);
    if (remainder.length !== size || !Number.isFinite(alpha))
      throw invalid("lanczos", `apply must return ${size} finite numbers`, remainder);
    orthogonalise(remainder, [...fixed, ...basis]);
    const beta = Math.sqrt(dot(remainder, remainder));
    diagonal.push(alpha);
    search.norm = Math.max(search.norm, Math.abs(alpha) + beta);
    const closed = beta <= 10 * Number.EPSILON * Math.sqrt(size) * search.norm;

    const count = basis.length;
    const exhausted = count === size - locked.length;
    if (count >= wanted && (closed || exhausted || count % CHECK_EVERY === 0)) {
      const last = new Float64Array(count);
      last[count - 1] = 1;
      const values = tridiagonalEigen(diagonal, offDiagonal, last);
      const order = descending(values).slice(0, wanted);
      const residuals = order.map((i) => beta * Math.abs(last[i]!));
      const worst = Math.max(...residuals);
      if (worst <= 1e-3 * search.norm && values[order[0]!]! + worst < floor) return [];
      if (exhausted || worst <= tolerance * search.norm)
        return ritzPairs(diagonal, offDiagonal, basis, wanted, beta);
    }
    offDiagonal.push(closed ? 0 : beta);
    next = closed ? fresh(search, [...fixed, ...basis]) : normalise(remainder);
  }
}

/** A random unit vector orthogonal to all of `others`. */
function fresh(search: KrylovSearch, others: readonly Float64Array[]): Float64Array {
  const vector = new Float64Array(search.size);
  philoxNoise(search.seed)(vector, search.size, search.draws++);
  return normalise(orthogonalise(normalise(vector), others));
}

function ritzPairs(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
  basis: readonly Float64Array[],
  wanted: number,
  beta: number,
): Pair[] {
  const count = basis.length;
  const rotation = new Float64Array(count * count);
  for (let i = 0; i < count; i++) rotation[i * count + i] = 1;
  const values = tridiagonalEigen(diagonal, offDiagonal, rotation);
  return descending(values)
    .slice(0, wanted)
    .map((row) => {
      const weights = rotation.subarray(row * count, (row + 1) * count);
      const vector = new Float64Array(basis[0]!.length);
      basis.forEach((direction, j) => {
        const weight = weights[j]!;
        for (let i = 0; i < vector.length; i++) vector[i]! += weight * direction[i]!;
      });
      const residual = beta * Math.abs(weights[count - 1]!);
      return { value: values[row]!, vector: normalise(vector), residual };
    });
}

function descending(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((i, j) => values[j]! - values[i]!);
}

function tooSlow({ maxProducts, tolerance }: KrylovSearch): Error {
  return new Error(
    `lanczos: no convergence to ${tolerance} in ${maxProducts} products; raise maxProducts or tolerance, or ask for fewer pairs`,
  );
}
