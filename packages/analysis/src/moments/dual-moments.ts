import { type Data, type Moments, rowsInUnits, simdMultiply, sizeOf } from "@symbreak/core";
import { float64Products, symmetricEigen } from "@symbreak/core/linalg";
import { coordinateMoments } from "./coordinate-moments.ts";

/** Eigenvalues below this share of the largest are round-off: n centred samples span n − 1 directions at most. */
const ROUND_OFF = 1e-12;

/** Coordinates of the Gram matrix summed at once. */
const BLOCK = 512;

/**
 * The exact moments of fewer samples than coordinates, from the n × n Gram matrix of the centred samples: its
 * eigenvalues are those of the covariance, and all other directions have variance 0.
 */
export function dualMoments(data: Data): Moments {
  const size = sizeOf(data.shape);
  const { count, mean } = coordinateMoments(data);
  const centred = rowsInUnits("moments", data, 0, count);
  for (let i = 0; i < centred.length; ) for (let j = 0; j < size; j++, i++) centred[i]! -= mean[j]!;
  const { values, vectors } = symmetricEigen(gram(centred, count, size), count);
  const rank = values.filter((value) => value > ROUND_OFF * values[0]!).length;
  const shape = { rows: rank, inner: count, columns: size };
  const eigenvectors = simdMultiply(vectors.subarray(0, rank * count), centred, shape);
  for (let i = 0; i < eigenvectors.length; i++)
    eigenvectors[i]! /= Math.sqrt(count * values[Math.floor(i / size)]!);
  const eigenvalues = values.slice(0, rank);
  return { size, mean, covariance: { kind: "spectral", eigenvalues, eigenvectors, residual: 0 } };
}

/** Inner products of all rows, over n. */
function gram(rows: Float64Array, count: number, size: number): Float64Array {
  const length = Math.min(size, BLOCK);
  const block = float64Products(count, length);
  for (let from = 0; from < size; from += length) {
    const width = Math.min(length, size - from);
    if (width < length) block.a.fill(0);
    for (let i = 0; i < count; i++)
      block.a.set(rows.subarray(i * size + from, i * size + from + width), i * block.stride);
    block.run();
  }
  const out = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = i; j < count; j++) {
      const value = block.c[i * block.cStride + j]! / count;
      out[i * count + j] = value;
      out[j * count + i] = value;
    }
  return out;
}
