import { convert, invalid, type NoiseLevel, philoxNoise, type Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import { combine } from "../solvers/combine.ts";
import type { Connection } from "../solvers/connect.ts";

/**
 * The Jacobian of a denoiser's prediction times a vector, J v or Jᵀ v, row by row (both have the same v·J v): what
 * automatic differentiation gives for about the price of one more call.
 */
export type JacobianProduct = (x: Samples, level: NoiseLevel, v: Samples) => Promise<Samples>;

/** The denoiser at one point: E[x0 | x] and v·(∂E[x0 | x]/∂x) v for each probe v. */
interface Linearised {
  readonly denoised: Samples;
  readonly forms: Float64Array;
}

/** Asks for the {@link Linearised} denoiser at sample number `sample`, x. */
export type Linearise = (x: Float64Array, level: NoiseLevel, sample: number) => Promise<Linearised>;

/** The unit vectors, whose forms sum to the trace exactly. */
export function unitProbes(size: number): Float64Array {
  const probes = new Float64Array(size * size);
  for (let i = 0; i < size; i++) probes[i * size + i] = 1;
  return probes;
}

/** Random signs, count × size: the mean of their forms is the trace on average (Hutchinson 1989). */
export function rademacherProbes(
  count: number,
  size: number,
  seed: number | bigint,
  index: number,
): Float64Array {
  const probes = new Float64Array(count * size);
  philoxNoise(seed, [index])(probes, count * size, 0);
  return probes.map((z) => (z < 0 ? -1 : 1));
}

/** By the Jacobian's product with each probe; all in one call. */
export function byProduct(
  network: Connection,
  denoiser: Denoiser,
  probes: Float64Array,
  product: JacobianProduct,
): Linearise {
  return async (x, level, sample) => {
    const { prediction } = await network.ask(x, level, 0, [sample]);
    const size = x.length;
    const rows = new Float64Array(probes.length);
    for (let i = 0; i < rows.length; i++) rows[i] = x[i % size]!;
    const products = await product(rows, level, probes);
    if (products.length !== probes.length)
      throw invalid(
        "logLikelihood",
        `product must return ${probes.length} values`,
        products.length,
      );
    // x0 is linear in x and the prediction, and so is its derivative in v and J v.
    const along = convert(products, probes, level, denoiser.predicts, "sample");
    return {
      denoised: convert(prediction, x, level, denoiser.predicts, "sample"),
      forms: rowDots(probes, along, size),
    };
  };
}

/** Difference steps, relative to the noise: they balance rounding against curvature. */
const DOUBLE = 1e-4;
const SINGLE = 2e-2;

/**
 * By central differences over ±h·v, h a small part of the noise; two more evaluations a probe, all in one call. Good to
 * about 1e-7 with a denoiser in double precision, to 1e-3 with a network in single.
 */
export function byDifferences(
  network: Connection,
  denoiser: Denoiser,
  probes: Float64Array,
): Linearise {
  return async (x, level, sample) => {
    const size = x.length;
    const { prediction } = await network.ask(x, level, 0, [sample]);
    const h = level.sigma * (prediction instanceof Float64Array ? DOUBLE : SINGLE);
    const moved = new Float64Array(2 * probes.length);
    for (let i = 0; i < probes.length; i++) {
      moved[i] = x[i % size]! + h * probes[i]!;
      moved[probes.length + i] = x[i % size]! - h * probes[i]!;
    }
    const output = await network.ask(moved, level, 0, new Array(moved.length / size).fill(sample));
    const sides = convert(output.prediction, moved, level, denoiser.predicts, "sample");
    const [up, down] = [sides.subarray(0, probes.length), sides.subarray(probes.length)];
    return {
      denoised: convert(prediction, x, level, denoiser.predicts, "sample"),
      forms: rowDots(probes, combine([0.5 / h, up], [-0.5 / h, down]), size),
    };
  };
}

function rowDots(a: Samples, b: Samples, size: number): Float64Array {
  const dots = new Float64Array(a.length / size);
  for (let i = 0; i < a.length; i++) dots[Math.floor(i / size)]! += a[i]! * b[i]!;
  return dots;
}
