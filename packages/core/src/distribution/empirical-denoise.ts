import type { Multiply } from "../linalg/multiply.ts";
import { allocate, type Samples } from "../samples.ts";
import { checkLevel, countOf, type Level, row } from "./distribution.ts";
import { empiricalLogits } from "./empirical-logits.ts";

/** A smaller weight, beside one of 1, changes no single-precision mean. */
const NEGLIGIBLE = 1e-14;

/**
 * E[x_0 | x_t] under the empirical law of `data` (n × size), as {@link empirical} gives it, with the two large products
 * done by `multiply` (in single precision) and a memory bounded by blocks of data, whatever n is.
 *
 * The result has the type of `x` and agrees with `empirical(data, size).denoise` to single precision (some 1e-5 of the
 * data's scale), at small sigma too. Data far from the origin against their spread cost time, not digits: centre them.
 */
export async function empiricalDenoise<S extends Samples>(
  data: Samples,
  size: number,
  x: S,
  level: Level,
  multiply: Multiply,
): Promise<S> {
  const count = check("empiricalDenoise", data, size, x, level);
  const softmax = runningSoftmax(count);
  const mean = new Float64Array(x.length);
  for await (const { points, width, logits } of empiricalLogits(data, size, x, level, multiply)) {
    const shrink = softmax.add(logits, width);
    for (let i = 0; i < mean.length; i++) mean[i]! *= shrink[Math.floor(i / size)]!;
    const weights = new Float32Array(logits.length);
    let heaviest = 0;
    for (let i = 0; i < weights.length; i++) {
      const weight = logits[i]!;
      if (weight < NEGLIGIBLE) continue;
      weights[i] = weight;
      if (weight > heaviest) heaviest = weight;
    }
    if (heaviest === 0) continue;
    const part = await multiply(weights, points, { rows: count, inner: width, columns: size });
    for (let i = 0; i < mean.length; i++) mean[i]! += part[i]!;
  }
  const out = allocate(x);
  for (let i = 0; i < out.length; i++) out[i] = mean[i]! / softmax.sums[Math.floor(i / size)]!;
  return out;
}

/** What the empirical posterior says about each sample of a batch. */
export interface EmpiricalPosterior {
  /** ln p_t(x), nats: the log partition function with its constants. */
  readonly logDensity: Float64Array;
  /** 1 / Σ_j p(j | x_t)². */
  readonly participation: Float64Array;
}

/** Log density and participation ratio under the empirical law of `data`, by way of {@link empiricalDenoise}. */
export async function empiricalPosterior(
  data: Samples,
  size: number,
  x: Samples,
  level: Level,
  multiply: Multiply,
): Promise<EmpiricalPosterior> {
  const count = check("empiricalPosterior", data, size, x, level);
  const { add, tops, sums, squares } = runningSoftmax(count);
  for await (const { width, logits } of empiricalLogits(data, size, x, level, multiply))
    add(logits, width);
  const constant =
    Math.log(data.length / size) + 0.5 * size * Math.log(2 * Math.PI * level.sigma ** 2);
  return {
    logDensity: tops.map((top, n) => top + Math.log(sums[n]!) - constant),
    participation: sums.map((sum, n) => (sum * sum) / squares[n]!),
  };
}

function check(where: string, data: Samples, size: number, x: Samples, level: Level): number {
  checkLevel(where, level, true);
  if (countOf(where, data, size) === 0)
    throw new RangeError(`${where}: data must hold at least one sample`);
  return countOf(where, x, size);
}

interface RunningSoftmax {
  /** The largest logit, Σ exp(logit − top) and Σ exp(2 (logit − top)) so far, per sample. */
  readonly tops: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** Turns a block's logits (count × width) into weights in place; returns what earlier weights shrink by. */
  add(logits: Float64Array, width: number): Float64Array;
}

/** A softmax over logits that come in blocks. */
function runningSoftmax(count: number): RunningSoftmax {
  const tops = new Float64Array(count).fill(-Infinity);
  const sums = new Float64Array(count);
  const squares = new Float64Array(count);
  const add = (logits: Float64Array, width: number): Float64Array => {
    const shrink = new Float64Array(count);
    for (let n = 0; n < count; n++) {
      const own = row(logits, width, n);
      const top = own.reduce((most, logit) => Math.max(most, logit), tops[n]!);
      const factor = Math.exp(tops[n]! - top);
      shrink[n] = factor;
      sums[n]! *= factor;
      squares[n]! *= factor * factor;
      tops[n] = top;
      for (let j = 0; j < width; j++) {
        const weight = Math.exp(own[j]! - top);
        own[j] = weight;
        sums[n]! += weight;
        squares[n]! += weight * weight;
      }
    }
    return shrink;
  };
  return { tops, sums, squares, add };
}
