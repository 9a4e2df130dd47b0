import { checkData, type Data, invalid, sizeOf, sliceSamples, takeSamples } from "@symbreak/core";
import { permutation } from "../statistics/permutation.ts";

/** Sets of features of one n that say what a distance means: real images, and what has only their two moments. */
export interface Anchors {
  /** Real: every distance is to these. */
  readonly reference: Data;
  /** Real, disjoint from the reference and from each other: how far real images are. */
  readonly real: readonly Data[];
  /** Of draws from N(mean, C) of the real images: how far an image is that has their mean and covariance and nothing else. */
  readonly gaussian: Data;
  /** Samples in each. */
  readonly count: number;
}

/** Settings of {@link anchors}. */
export interface AnchorOptions {
  /** Samples in each set: as many as the sets that are to be judged have. */
  readonly count: number;
  /** Disjoint real sets beside the reference, from 2. Default 5. */
  readonly sets?: number;
  /** Of the division. Default 0. */
  readonly seed?: number;
}

/**
 * Divides real features at random into a reference and disjoint sets beside it.
 *
 * @param real features of at least (sets + 1) × count real images
 * @param gaussian features of at least `count` draws from the Gaussian with the real images' mean and covariance, brought to
 *   8 bits as every image is
 * @throws RangeError where there are too few, naming how many would do
 */
export function anchors(real: Data, gaussian: Data, options: AnchorOptions): Anchors {
  const { count, sets = 5, seed = 0 } = options;
  const where = "anchors";
  const [available, draws] = [checkData(where, real), checkData(where, gaussian)];
  const [size, other] = [sizeOf(real.shape), sizeOf(gaussian.shape)];
  if (other !== size) throw invalid(where, `both sets must have ${size} features`, other);
  if (!Number.isInteger(sets) || sets < 2)
    throw invalid(where, "sets must be an integer of at least 2", sets);
  const most = Math.floor(available / (sets + 1));
  if (!Number.isInteger(count) || count < 2 || count > most)
    throw invalid(
      where,
      `count must be an integer from 2 to ${most}: ${sets + 1} disjoint sets of ${available} real images`,
      count,
    );
  if (draws < count) throw invalid(where, `gaussian must hold ${count} draws`, draws);
  const order = permutation(available, seed);
  const part = (k: number): Data => takeSamples(real, order.subarray(k * count, (k + 1) * count));
  return {
    reference: part(0),
    real: Array.from({ length: sets }, (_, k) => part(k + 1)),
    gaussian: sliceSamples(gaussian, 0, count),
    count,
  };
}
