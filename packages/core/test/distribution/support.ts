import {
  type Level,
  philoxNoise,
  type SpectralCovariance,
  spectralCovariance,
} from "../../src/index.ts";

/** Standard normal numbers, the same in every run. */
export function normals(length: number, seed: number): Float64Array {
  const out = new Float64Array(length);
  philoxNoise(seed)(out, length, 0);
  return out;
}

/** A full covariance in general position: G Gᵀ/d + 0.1 I with random G. */
export function randomCovariance(size: number, seed: number): SpectralCovariance {
  const g = normals(size * size, seed);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = i === j ? 0.1 * size : 0;
      for (let k = 0; k < size; k++) sum += g[i * size + k]! * g[j * size + k]!;
      matrix[i * size + j] = sum / size;
    }
  return spectralCovariance(matrix, size);
}

/** The central difference of a function of a batch of one, along each coordinate: rows of outputs. */
export function differences(
  f: (x: Float64Array) => Float64Array,
  x: Float64Array,
  step: number = 1e-5,
): Float64Array[] {
  return Array.from(x, (_, i) => {
    const [up, down] = [Float64Array.from(x), Float64Array.from(x)];
    up[i]! += step;
    down[i]! -= step;
    const [high, low] = [f(up), f(down)];
    return high.map((value, j) => (value - low[j]!) / (2 * step));
  });
}

/** The largest absolute difference between two lists of one length. */
export function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let gap = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (!(difference <= gap))
      gap = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return gap;
}

/** Levels from nearly pure noise to nearly clean, variance preserving and exploding. */
export const LEVELS: readonly Level[] = [
  { alpha: 0.006, sigma: Math.sqrt(1 - 0.006 ** 2) },
  { alpha: 0.6, sigma: 0.8 },
  { alpha: 1, sigma: 2.5 },
  { alpha: 0.995, sigma: 0.1 },
];
