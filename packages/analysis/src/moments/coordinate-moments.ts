import { checkData, checkFinite, coordinateMap, type Data, sizeOf } from "@symbreak/core";

/** Mean and variance of each coordinate, in the units that the model sees. */
export interface CoordinateMoments {
  readonly count: number;
  readonly size: number;
  readonly mean: Float64Array;
  /** 1/count */
  readonly variances: Float64Array;
}

/** Mean and variance (1/n) of each coordinate of data in memory: the diagonal of the covariance. */
export function coordinateMoments(data: Data): CoordinateMoments {
  const count = checkData("coordinateMoments", data);
  const { values } = data;
  const size = sizeOf(data.shape);
  const { mean, variances } =
    values instanceof Uint8Array ? ofBytes(values, size) : ofFloats(values, size);
  const { a, b } = coordinateMap(data);
  return {
    count,
    size,
    mean: mean.map((value, j) => a[j]! * value + b[j]!),
    variances: variances.map((value, j) => a[j]! * a[j]! * value),
  };
}

type MeanAndVariances = Pick<CoordinateMoments, "mean" | "variances">;

/** Samples whose sums of squares stay below 2³¹. */
const BLOCK = 32_768;

/** One pass, in exact integers. */
function ofBytes(values: Uint8Array, size: number): MeanAndVariances {
  const sum = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let first = 0; first < values.length; first += BLOCK * size) {
    const end = Math.min(first + BLOCK * size, values.length);
    const blockSum = new Int32Array(size);
    const blockSquares = new Int32Array(size);
    for (let i = first; i < end; )
      for (let j = 0; j < size; j++, i++) {
        const value = values[i]!;
        blockSum[j]! += value;
        blockSquares[j]! += value * value;
      }
    for (let j = 0; j < size; j++) {
      sum[j]! += blockSum[j]!;
      squares[j]! += blockSquares[j]!;
    }
  }
  const count = values.length / size;
  const mean = sum.map((value) => value / count);
  const variances = squares.map((square, j) => Math.max(0, square - sum[j]! * mean[j]!) / count);
  return { mean, variances };
}

/** Two passes: data far from 0 keep their digits. */
function ofFloats(values: Float32Array | Float64Array, size: number): MeanAndVariances {
  const count = values.length / size;
  const sum = new Float64Array(size);
  for (let i = 0; i < values.length; ) for (let j = 0; j < size; j++, i++) sum[j]! += values[i]!;
  if (!sum.every(Number.isFinite)) checkFinite("coordinateMoments", values, size);
  const mean = sum.map((value) => value / count);
  const squares = new Float64Array(size);
  for (let i = 0; i < values.length; )
    for (let j = 0; j < size; j++, i++) {
      const deviation = values[i]! - mean[j]!;
      squares[j]! += deviation * deviation;
    }
  return { mean, variances: squares.map((square) => square / count) };
}
