import type { FileDigest } from "./checked-bytes.ts";

/**
 * What a card says of its file of moments: gzip of little-endian numbers, the mean (size, float32), the eigenvalues (axes,
 * float32), the eigenvectors (axes × size, float16).
 */
export interface StoredMoments extends FileDigest {
  /** Numbers in one sample. */
  readonly size: number;
  /** Eigenpairs that are kept, the largest. */
  readonly axes: number;
  /** Variance of each direction that is left out, so that the trace is the data's. */
  readonly residual: number;
  /** Samples that the moments are of, all that the network was trained on. */
  readonly count: number;
}

/** Moments as core takes them, in the units of the card. */
export interface GaussianMoments {
  readonly size: number;
  readonly count: number;
  readonly mean: Float64Array;
  readonly covariance: {
    readonly kind: "spectral";
    /** Descending. */
    readonly eigenvalues: Float64Array;
    /** axes × size, orthonormal. */
    readonly eigenvectors: Float64Array;
    readonly residual: number;
  };
}

/** The moments in a file's bytes. Directions are made orthonormal again, which half precision leaves them to 1e-4 only. */
export async function decodeMoments(
  bytes: Uint8Array<ArrayBuffer>,
  { size, axes, residual, count }: StoredMoments,
): Promise<GaussianMoments> {
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const view = new DataView(await new Response(inflated).arrayBuffer());
  const singles = 4 * (size + axes);
  if (view.byteLength !== singles + 2 * axes * size)
    throw new Error(
      `zoo: moments of ${axes} axes of ${size} numbers are ${singles + 2 * axes * size} bytes, got ${view.byteLength}`,
    );
  const single = (_: unknown, i: number) => view.getFloat32(4 * i, true);
  const half = (_: unknown, i: number) => float16(view.getUint16(singles + 2 * i, true));
  const mean = Float64Array.from({ length: size }, single);
  const eigenvalues = Float64Array.from({ length: axes }, (_, k) => single(_, size + k));
  const eigenvectors = Float64Array.from({ length: axes * size }, half);
  orthonormalise(eigenvectors, size);
  return {
    size,
    count,
    mean,
    covariance: { kind: "spectral", eigenvalues, eigenvectors, residual },
  };
}

/** A number in half precision by its bits: sign, 5 bits of exponent, 10 of fraction. */
function float16(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Rows made orthogonal to all before them and of length 1, in place (Gram–Schmidt; they are nearly so already). */
function orthonormalise(rows: Float64Array, size: number): void {
  for (let end = size; end <= rows.length; end += size) {
    const row = rows.subarray(end - size, end);
    for (let start = 0; start < end - size; start += size) {
      const before = rows.subarray(start, start + size);
      const along = dot(row, before);
      for (let i = 0; i < size; i++) row[i]! -= along * before[i]!;
    }
    const length = Math.sqrt(dot(row, row));
    for (let i = 0; i < size; i++) row[i]! /= length;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
