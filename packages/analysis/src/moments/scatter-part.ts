import { AS_IS, checkData, checkUnits, type Data, invalid, type Units } from "@symbreak/core";
import { checkDense, type SampleCovariance, scaledCovariance } from "./sample-covariance.ts";
import { type ScatterSum, scatterAdder } from "./scatter-sum.ts";

/**
 * Parts of floats begin at a multiple of this many samples: `shardOf(count, index, of, SCATTER_GRAIN)`. Parts of bytes may begin
 * anywhere.
 */
export const SCATTER_GRAIN = 1024;

/**
 * The scatter sums of some of a set's samples, made on any machine, from which {@link covarianceOfParts} gives the covariance of the whole set
 * with the same bits however it was cut.
 *
 * Sums of bytes are integers, exact in any order. Sums of floats round, so they are always added in one order: that of a
 * binary tree over blocks of {@link SCATTER_GRAIN} samples, by the samples' numbers. A part holds the largest whole branches of
 * its range, at most two for each doubling of the number of blocks.
 */
export interface ScatterPart {
  readonly size: number;
  readonly units: Units;
  readonly bytes: boolean;
  readonly branches: readonly ScatterBranch[];
}

/** Blocks index · 2^level … (index + 1) · 2^level − 1, or samples first … of bytes, which have no blocks. */
export interface ScatterBranch {
  readonly first: number;
  readonly level: number;
  readonly sums: ScatterSum;
}

/** The scatter sums of samples `first` … of a set. @throws RangeError where floats do not begin at a whole block */
export function scatterPart(data: Data, first: number): ScatterPart {
  const where = "scatterPart";
  const count = checkData(where, data);
  const size = checkDense(data);
  if (!(Number.isSafeInteger(first) && first >= 0))
    throw invalid(where, "first must be a whole number, 0 or more", first);
  const { values, units } = data;
  if (values instanceof Uint8Array) {
    const { add, sums } = scatterAdder(where, size, true);
    add(values);
    return { size, units, bytes: true, branches: [{ first, level: 0, sums }] };
  }
  if (first % SCATTER_GRAIN !== 0)
    throw invalid(where, `parts of floats must begin at a multiple of ${SCATTER_GRAIN}`, first);
  const branches: ScatterBranch[] = [];
  for (let at = 0; at < count; at += SCATTER_GRAIN) {
    const { add, sums } = scatterAdder(where, size, false);
    add(values.subarray(at * size, (at + SCATTER_GRAIN) * size));
    grow(branches, { first: first + at, level: 0, sums: aboutMean(sums) });
  }
  return { size, units, bytes: false, branches };
}

/**
 * Mean and covariance of a whole set of `count` samples from its parts, in any order; a part that is there twice counts once.
 *
 * @throws RangeError naming the first sample that is missing
 */
export function covarianceOfParts(parts: readonly ScatterPart[], count: number): SampleCovariance {
  const where = "covarianceOfParts";
  const [{ size, bytes, units } = { size: 0, bytes: false, units: AS_IS }] = parts;
  const other = parts.find((part) => part.size !== size || part.bytes !== bytes);
  if (other)
    throw invalid(where, `all parts must be of ${size} ${bytes ? "bytes" : "floats"}`, other.size);
  for (const part of parts) checkUnits(where, "all parts", part.units, units);
  const all = parts.flatMap(({ branches }) => branches);
  const sorted = [...all].sort((p, q) => p.first - q.first || p.level - q.level);
  const grown: ScatterBranch[] = [];
  let end = 0;
  for (const [i, branch] of sorted.entries()) {
    const again = sorted[i - 1]?.first === branch.first && sorted[i - 1]?.level === branch.level;
    if (again) continue;
    if (branch.first !== end)
      throw invalid(
        where,
        `parts must follow each other; sample ${end} is not the next`,
        branch.first,
      );
    end += branch.sums.count;
    if (!bytes) grow(grown, branch);
    else grown.splice(0, 1, grown[0] ? sumOf(grown[0], branch) : branch);
  }
  if (end !== count || count === 0)
    throw invalid(where, `sample ${end} of ${count} is missing`, end);
  // What no power of two covers, from the smallest branch up.
  const { sums } = grown.reduceRight((right, left) => joined(left, right));
  const copy = { ...sums, products: sums.products.slice() };
  return scaledCovariance({ shape: [size], units }, copy);
}

/** Adds the next branch, and joins every two that make a larger one. */
function grow(branches: ScatterBranch[], next: ScatterBranch): void {
  let branch = next;
  for (;;) {
    const before = branches.at(-1);
    const span = SCATTER_GRAIN * 2 ** branch.level;
    const siblings =
      before?.level === branch.level &&
      before.first + span === branch.first &&
      before.first % (2 * span) === 0;
    if (!siblings) break;
    branches.pop();
    branch = joined(before, branch);
  }
  branches.push(branch);
}

/** Chan, Golub and LeVeque (1979), of sums about their own means. */
function joined(left: ScatterBranch, right: ScatterBranch): ScatterBranch {
  const [p, q] = [left.sums, right.sums];
  const size = p.shift.length;
  const count = p.count + q.count;
  const apart = p.shift.map((mean, j) => q.shift[j]! - mean);
  const shift = p.shift.map((mean, j) => mean + (q.count / count) * apart[j]!);
  const weight = (p.count * q.count) / count;
  const products = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = i, at = i * size + i; j < size; j++, at++)
      products[at] = p.products[at]! + q.products[at]! + weight * apart[i]! * apart[j]!;
  const sums = { count, shift, sum: new Float64Array(size), products };
  return { first: left.first, level: left.level + 1, sums };
}

/** Integers: exact. */
function sumOf(left: ScatterBranch, { sums: q }: ScatterBranch): ScatterBranch {
  const { sums: p } = left;
  const sum = p.sum.map((value, j) => value + q.sum[j]!);
  const products = p.products.map((value, i) => value + q.products[i]!);
  return { ...left, sums: { count: p.count + q.count, shift: p.shift, sum, products } };
}

/** The same sums about the mean. */
function aboutMean({ count, shift, sum, products }: ScatterSum): ScatterSum {
  const size = shift.length;
  const mean = shift.map((center, j) => center + sum[j]! / count);
  const about = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = i, at = i * size + i; j < size; j++, at++)
      about[at] = products[at]! - (sum[i]! * sum[j]!) / count;
  return { count, shift: mean, sum: new Float64Array(size), products: about };
}
