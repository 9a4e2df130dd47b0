import { invalid, philoxNoise, type Samples } from "@symbreak/core";

/** Settings of {@link slicedWasserstein}. */
export interface SlicedWassersteinOptions {
  /** Lines that both sets are projected on. Default 64. */
  readonly directions?: number;
  /** Of the directions. Default 0. */
  readonly seed?: number;
}

/**
 * The sliced 2-Wasserstein distance of two sets of samples, each count × size: the root of the mean, over directions drawn
 * evenly from the sphere, of the squared Wasserstein distance of their projections (Rabin et al. 2011; Bonneel et al. 2015).
 *
 * In the units of the samples. It sees the whole of both laws, not their moments alone, in n log n a direction; of laws that
 * differ by a shift v alone it is |v|/√size. Two sets of one law do not have distance 0: compare at equal n.
 */
export function slicedWasserstein(
  a: Samples,
  b: Samples,
  size: number,
  { directions = 64, seed = 0 }: SlicedWassersteinOptions = {},
): number {
  if (!Number.isInteger(size) || size < 1)
    throw invalid("slicedWasserstein", "size must be a positive integer", size);
  if (!Number.isInteger(directions) || directions < 1)
    throw invalid("slicedWasserstein", "directions must be a positive integer", directions);
  for (const { length } of [a, b])
    if (length === 0 || length % size !== 0)
      throw invalid("slicedWasserstein", `both sets must hold whole samples of ${size}`, length);
  const axes = new Float64Array(directions * size);
  philoxNoise(seed)(axes, size, 0);
  let sum = 0;
  for (let k = 0; k < directions; k++) {
    const axis = axes.subarray(k * size, (k + 1) * size);
    const length = Math.hypot(...axis);
    sum += transport(projected(a, axis, length), projected(b, axis, length));
  }
  return Math.sqrt(sum / directions);
}

/** Each sample's place along an axis, in ascending order. */
function projected(samples: Samples, axis: Float64Array, length: number): Float64Array {
  const size = axis.length;
  const places = new Float64Array(samples.length / size);
  for (let i = 0; i < samples.length; i++)
    places[Math.floor(i / size)]! += (samples[i]! * axis[i % size]!) / length;
  return places.sort();
}

/** ∫ (F⁻¹ − G⁻¹)² over the quantiles of two sorted sets, of as many points or not. */
function transport(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  let done = 0;
  for (let i = 0, j = 0; i < p.length && j < q.length; ) {
    const [endI, endJ] = [(i + 1) / p.length, (j + 1) / q.length];
    const end = Math.min(endI, endJ);
    sum += (end - done) * (p[i]! - q[j]!) ** 2;
    done = end;
    if (endI <= endJ) i++;
    if (endJ <= endI) j++;
  }
  return sum;
}
