import { checkFinite, coordinateScale, countOf, type Data } from "../data.ts";

/** Mean and variance of each coordinate, in the units that the model sees. */
export interface CoordinateMoments {
  readonly count: number;
  readonly size: number;
  readonly mean: Float64Array;
  /** 1/count */
  readonly variances: Float64Array;
}

/** Mean and variance (1/n) of each coordinate: the diagonal of the covariance, in two passes over data in memory. */
export function coordinateMoments(data: Data): CoordinateMoments {
  const where = "coordinateMoments";
  const count = countOf(where, data);
  const { values, size } = data;
  const sum = new Float64Array(size);
  for (let i = 0; i < values.length; ) for (let j = 0; j < size; j++, i++) sum[j]! += values[i]!;
  if (!sum.every(Number.isFinite)) checkFinite(where, values, size);
  const mean = sum.map((value) => value / count);
  const squares = new Float64Array(size);
  for (let i = 0; i < values.length; )
    for (let j = 0; j < size; j++, i++) {
      const deviation = values[i]! - mean[j]!;
      squares[j]! += deviation * deviation;
    }
  const { a, b } = coordinateScale(data);
  return {
    count,
    size,
    mean: mean.map((value, j) => a[j]! * value + b[j]!),
    variances: squares.map((square, j) => (a[j]! * a[j]! * square) / count),
  };
}
