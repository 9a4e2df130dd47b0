import { invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Denoiser, JacobianProduct } from "@symbreak/samplers";
import type { JacobianOptions } from "./linearised.ts";

/** The coordinates in which a decision falls, with everything across them left at one draw of noise. */
export interface CollectiveCoordinates {
  /** k × size, orthonormal rows: leading principal directions of the data. */
  readonly directions: Float64Array;
  /** Of clean data, size numbers. */
  readonly mean: Samples;
  /** Standard normal, size numbers: the same at every level. */
  readonly noise: Samples;
}

/** A denoiser of k collective coordinates, with the products of its Jacobian where those of the whole were given. */
export interface CollectiveDenoiser extends JacobianOptions {
  readonly denoiser: Denoiser;
  /** Collective coordinates of clean samples, count × k. */
  project(samples: Samples): Float64Array;
}

/**
 * A denoiser restricted to x = Vᵀq + (1 − VᵀV)(alpha·mean + sigma·noise): it gives V·E[x_0|x], and its score is that of
 * p along q. A network knows states with their noise; the fixed points of the whole space have none, and there it only
 * extrapolates. In data whose other directions are independent, as two isotropic Gaussians, nothing depends on the draw.
 */
export function collectiveDenoiser(
  whole: Denoiser,
  { directions, mean, noise }: CollectiveCoordinates,
  jacobian: JacobianOptions = {},
): CollectiveDenoiser {
  const size = whole.shape.reduce((product, side) => product * side, 1);
  const k = directions.length / size;
  if (!Number.isInteger(k) || k < 1 || mean.length !== size || noise.length !== size)
    throw invalid("collectiveDenoiser", `directions, mean and noise must be of ${size} values`, [
      directions.length,
      mean.length,
      noise.length,
    ]);
  const project = (samples: Samples): Float64Array => {
    const out = new Float64Array((samples.length / size) * k);
    for (let n = 0; n < out.length; n++) {
      const [row, column] = [Math.floor(n / k) * size, (n % k) * size];
      for (let i = 0; i < size; i++) out[n]! += samples[row + i]! * directions[column + i]!;
    }
    return out;
  };
  const lift = (q: Samples): Float64Array => {
    const out = new Float64Array((q.length / k) * size);
    for (let n = 0; n < q.length; n++) {
      const [row, column] = [Math.floor(n / k) * size, (n % k) * size];
      for (let i = 0; i < size; i++) out[row + i]! += q[n]! * directions[column + i]!;
    }
    return out;
  };
  const across = (vector: Samples): Float64Array => {
    const along = lift(project(vector));
    return along.map((value, i) => vector[i]! - value);
  };
  const [meanAcross, noiseAcross] = [across(mean), across(noise)];
  const placed = (q: Samples, { alpha, sigma }: NoiseLevel): Float64Array =>
    lift(q).map(
      (value, i) => value + alpha * meanAcross[i % size]! + sigma * noiseAcross[i % size]!,
    );
  const narrowed = (product: JacobianProduct | undefined): JacobianProduct | undefined =>
    product && (async (q, level, v) => project(await product(placed(q, level), level, lift(v))));

  const denoiser: Denoiser = {
    shape: [k],
    // Products go with the prediction itself: it stays what it was, its rows combined.
    predicts: whole.predicts,
    async predict(q, level, options) {
      const output = await whole.predict(placed(q, level), level, options);
      const projected = project(output);
      // Differences take the precision from the type.
      return output instanceof Float64Array ? projected : Float32Array.from(projected);
    },
  };
  const [product, transposed] = [narrowed(jacobian.product), narrowed(jacobian.transposed)];
  return { denoiser, project, ...(product && { product }), ...(transposed && { transposed }) };
}
