import {
  checkData,
  checkUnits,
  coordinateMap,
  type Data,
  invalid,
  sizeOf,
  type Units,
} from "@symbreak/core";
import { type ScatterSum, scatterAdder } from "./scatter-sum.ts";

/** Mean and covariance of samples, dense, in the units that the model sees. */
export interface SampleCovariance {
  readonly count: number;
  readonly size: number;
  readonly units: Units;
  readonly mean: Float64Array;
  /** Σ (x − mean)(x − mean)ᵀ/count, size × size: the biased estimate, as in all references of Λ. */
  readonly matrix: Float64Array;
}

/** Beyond this the matrix alone takes more than half a gigabyte. */
export const LARGEST_DENSE = 8192;

/**
 * Mean and covariance of data in memory, in one pass.
 *
 * Bytes are exact up to the last rounding; MNIST (60,000 × 784) takes under a second.
 *
 * @throws RangeError at a value that is not finite, or no sample at all
 * @example sampleCovariance(withUnits(await loadMnist(), "unit"))
 */
export function sampleCovariance(data: Data): SampleCovariance {
  checkData("sampleCovariance", data);
  const { add, sums } = scatterAdder("sampleCovariance", checkDense(data), isBytes(data));
  add(data.values);
  return scaledCovariance(data, sums);
}

/** {@link sampleCovariance} of batches as they arrive; all share size, units and type. */
export async function streamCovariance(
  batches: Iterable<Data> | AsyncIterable<Data>,
): Promise<SampleCovariance> {
  const where = "streamCovariance";
  let first: Data | undefined;
  let adder: ReturnType<typeof scatterAdder> | undefined;
  for await (const batch of batches) {
    checkData(where, batch);
    first ??= batch;
    adder ??= scatterAdder(where, checkDense(batch), isBytes(batch));
    const [size, other] = [sizeOf(first.shape), sizeOf(batch.shape)];
    if (size !== other)
      throw invalid(where, `every batch must have samples of ${size} numbers`, other);
    checkUnits(where, "every batch", batch.units, first.units);
    if (isBytes(batch) !== isBytes(first))
      throw invalid(
        where,
        "batches must be all bytes or all floats",
        batch.values.constructor.name,
      );
    adder.add(batch.values);
  }
  if (first === undefined || adder === undefined)
    throw invalid(where, "batches must hold at least one sample", 0);
  return scaledCovariance(first, adder.sums);
}

/**
 * The covariance of two sets together, from those of each (Chan, Golub and LeVeque 1979): shards of a set can be
 * summed apart, on any machine, in any order.
 */
export function mergeCovariances(p: SampleCovariance, q: SampleCovariance): SampleCovariance {
  const { size, units } = p;
  checkUnits("mergeCovariances", "both", q.units, units);
  if (q.size !== size) throw invalid("mergeCovariances", `both must have size ${size}`, q.size);
  const count = p.count + q.count;
  const [share, rest] = [p.count / count, q.count / count];
  const apart = p.mean.map((value, j) => q.mean[j]! - value);
  const mean = p.mean.map((value, j) => value + rest * apart[j]!);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0, at = i * size; j < size; j++, at++)
      matrix[at] =
        share * p.matrix[at]! + rest * q.matrix[at]! + share * rest * apart[i]! * apart[j]!;
  return { count, size, units, mean, matrix };
}

/** Covariance from sums, whose memory it takes, in the model's units: offsets move the mean, factors multiply. */
export function scaledCovariance(
  data: Pick<Data, "shape" | "units">,
  { count, shift, sum, products }: ScatterSum,
): SampleCovariance {
  const size = sizeOf(data.shape);
  const { a, b } = coordinateMap(data);
  const mean = shift.map((center, j) => a[j]! * (center + sum[j]! / count) + b[j]!);
  const matrix = products;
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) {
      const about = products[i * size + j]! - (sum[i]! * sum[j]!) / count;
      const value = (about / count) * a[i]! * a[j]!;
      matrix[i * size + j] = value;
      matrix[j * size + i] = value;
    }
  return { count, size, units: data.units, mean, matrix };
}

function isBytes({ values }: Data): boolean {
  return values instanceof Uint8Array;
}

export function checkDense({ shape }: Data): number {
  const size = sizeOf(shape);
  if (size <= LARGEST_DENSE) return size;
  const rule = `a dense covariance must have at most ${LARGEST_DENSE} coordinates; ask for a rank`;
  throw invalid("sampleCovariance", rule, size);
}
