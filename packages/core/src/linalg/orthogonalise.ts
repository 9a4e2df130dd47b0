/** The inner product of two vectors. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Scales a vector to unit length, in place. */
export function normalise(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return vector;
}

/**
 * Removes from `vector`, in place, its components along orthonormal `basis` vectors.
 *
 * Two Gram–Schmidt passes: "twice is enough" to be orthogonal to rounding (Kahan, in Parlett 1980).
 */
export function orthogonalise(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      const along = dot(direction, vector);
      for (let i = 0; i < vector.length; i++) vector[i]! -= along * direction[i]!;
    }
  }
  return vector;
}
