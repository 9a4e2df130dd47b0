import type { Bytes } from "./bytes.ts";
import type { FileDigest } from "./checked-bytes.ts";

/**
 * What a card says of its file of moments: gzip of little-endian numbers, the mean (size, float32), the eigenvalues (axes,
 * float32), the eigenvectors (axes × size, float16).
 */
export interface StoredMoments extends FileDigest, MomentsLayout {}

/** What must be known of such bytes to read them. */
export interface MomentsLayout {
  /** Numbers in one sample. */
  readonly size: number;
  /** Eigenpairs that are kept, the largest. */
  readonly axes: number;
  /** Variance of each direction that is left out, so that the trace is the data's. */
  readonly residual: number;
  /** Samples that the moments are of. */
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
  bytes: Bytes,
  { size, axes, residual, count }: MomentsLayout,
): Promise<GaussianMoments> {
  const singles = 4 * (size + axes);
  const length = singles + 2 * axes * size;
  if (![size, axes].every((n) => Number.isInteger(n) && n >= 0) || length > MOST)
    throw new RangeError(
      `decodeMoments: moments must be at most ${MOST} bytes, got ${axes} axes of ${size} numbers`,
    );
  const view = new DataView(await inflated(bytes, length));
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

/** The most that moments may claim to be, bytes. */
const MOST = 2 ** 28;

/** What gzipped bytes hold, which must be `length` bytes: reading stops at the first one more. */
async function inflated(bytes: Bytes, length: number): Promise<ArrayBuffer> {
  const out = new Uint8Array(length);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  let at = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new RangeError(`decodeMoments: the moments must be ${length} bytes, got damaged ones`, {
        cause,
      });
    });
    if (done && at === length) return out.buffer;
    if (done || at + value.length > length) {
      if (!done) await reader.cancel();
      throw new RangeError(
        `decodeMoments: the moments must be ${length} bytes, got ${done ? at : "more"}`,
      );
    }
    out.set(value, at);
    at += value.length;
  }
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
