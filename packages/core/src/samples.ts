/**
 * A batch of samples, count × size, each sample contiguous (images: channels first).
 *
 * Float32Array is the everyday type; with Float64Array every function computes and stores in double precision.
 */
export type Samples = Float32Array | Float64Array;

/** A zero-filled batch of the same element type as `like`. */
export function allocate<S extends Samples>(like: S, length: number = like.length): S {
  return (like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)) as S;
}
