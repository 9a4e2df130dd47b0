import { invalid, simdMultiply } from "@symbreak/core";
import { symmetricEigenvalues } from "@symbreak/core/linalg";
import { permutation } from "../statistics/permutation.ts";

/** A set of features for the jackknife: centred rows, their mean, and a factor of their covariance. */
export interface Centred {
  readonly rows: Float64Array;
  readonly count: number;
  readonly mean: Float64Array;
  /** rank × size, covariance = FᵀF. */
  readonly factor: Float64Array;
}

/** What the deletion of groups says about an estimate. */
export interface Jackknife {
  /** Of the sampling distribution of the estimate at this n. */
  readonly variance: number;
  /** How far the estimate lies above what infinitely many samples would give, by the first power of 1/n. */
  readonly bias: number;
}

/** From fewer groups a variance says nothing. */
export const FEWEST_GROUPS = 5;

/**
 * Delete-a-group jackknife of the Fréchet distance over the samples of `p`, the other set held fixed.
 *
 * In the coordinates z = F_q x the trace term is Tr √Cov(z), and leaving a group out takes its products from the sum: each of
 * the `groups` replicates costs one eigenproblem of q's rank. The groups are drawn at random.
 */
export function groupJackknife(p: Centred, q: Centred, groups: number, seed: number): Jackknife {
  const size = p.mean.length;
  if (!Number.isInteger(groups) || groups < FEWEST_GROUPS || 2 * groups > p.count)
    throw invalid(
      "frechetDistance",
      `groups must be 0, or from 5 to ${p.count >> 1} (half the samples)`,
      groups,
    );
  const rank = q.factor.length / size;
  const shape = { rows: p.count, inner: size, columns: rank, transposeB: true };
  const z = rank > 0 ? simdMultiply(p.rows, q.factor, shape) : new Float64Array(0);
  const order = permutation(p.count, seed);
  const apart = p.mean.map((value, j) => value - q.mean[j]!);

  const parts = Array.from({ length: groups }, (_, g) => {
    const members = order.filter((_, place) => place % groups === g);
    return sumsOf(members, p.rows, size, z, rank);
  });
  const all = parts.reduce(add, emptySums(size, rank));
  const whole = distanceOf(all, apart, rank);
  const without = parts.map((part) => distanceOf(subtract(all, part), apart, rank));
  const mean = without.reduce((sum, value) => sum + value, 0) / groups;
  const spread = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { variance: ((groups - 1) / groups) * spread, bias: (groups - 1) * (mean - whole) };
}

/** Sums over some samples: of x, |x|², z and z zᵀ. */
interface Sums {
  readonly count: number;
  readonly x: Float64Array;
  readonly square: number;
  readonly z: Float64Array;
  readonly products: Float64Array;
}

function emptySums(size: number, rank: number): Sums {
  const zeros = (length: number) => new Float64Array(length);
  return { count: 0, x: zeros(size), square: 0, z: zeros(rank), products: zeros(rank * rank) };
}

function sumsOf(
  members: Int32Array,
  rows: Float64Array,
  size: number,
  z: Float64Array,
  rank: number,
): Sums {
  const sums = emptySums(size, rank);
  let square = 0;
  for (const member of members) {
    for (let j = 0; j < size; j++) {
      const value = rows[member * size + j]!;
      sums.x[j]! += value;
      square += value * value;
    }
    for (let i = 0; i < rank; i++) {
      const value = z[member * rank + i]!;
      sums.z[i]! += value;
      for (let j = i; j < rank; j++) sums.products[i * rank + j]! += value * z[member * rank + j]!;
    }
  }
  return { ...sums, count: members.length, square };
}

const combine =
  (sign: number) =>
  (p: Sums, q: Sums): Sums => ({
    count: p.count + sign * q.count,
    x: p.x.map((value, j) => value + sign * q.x[j]!),
    square: p.square + sign * q.square,
    z: p.z.map((value, j) => value + sign * q.z[j]!),
    products: p.products.map((value, j) => value + sign * q.products[j]!),
  });
const add = combine(1);
const subtract = combine(-1);

/** |μ_p − μ_q|² + Tr S_p − 2 Tr √Cov(z); Tr S_q does not change. */
function distanceOf(
  { count, x, square, z, products }: Sums,
  apart: Float64Array,
  rank: number,
): number {
  let [shift, lost] = [0, 0];
  for (let j = 0; j < x.length; j++) {
    shift += (apart[j]! + x[j]! / count) ** 2;
    lost += (x[j]! * x[j]!) / count;
  }
  const covariance = new Float64Array(rank * rank);
  for (let i = 0; i < rank; i++)
    for (let j = i; j < rank; j++) {
      const value = (products[i * rank + j]! - (z[i]! * z[j]!) / count) / (count - 1);
      covariance[i * rank + j] = value;
      covariance[j * rank + i] = value;
    }
  const values = rank > 0 ? symmetricEigenvalues(covariance, rank) : covariance;
  const overlap = values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  return shift + (square - lost) / (count - 1) - 2 * overlap;
}
