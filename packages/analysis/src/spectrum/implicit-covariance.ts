import { coordinateMap, type Data, sizeOf } from "@symbreak/core";
import { scatterProduct } from "@symbreak/core/linalg";

/**
 * x ↦ C x for the covariance (1/n) of data in memory, which is never formed: one pass over the data a product.
 *
 * @param mean of the data in the model's units, size numbers
 */
export function implicitCovariance(
  data: Data,
  mean: Float64Array,
): (x: Float64Array) => Float64Array {
  const { values } = data;
  const size = sizeOf(data.shape);
  const count = values.length / size;
  const { a, b } = coordinateMap(data);
  const stored = mean.map((value, j) => (value - b[j]!) / a[j]!);
  const product =
    values instanceof Uint8Array ? scatterProduct(values, size) : floatProduct(values, size);
  return (x) => {
    const out = product(
      x.map((value, j) => a[j]! * value),
      stored,
    );
    for (let j = 0; j < size; j++) out[j]! *= a[j]! / count;
    return out;
  };
}

/** Σ ((x_i − mean)·w)(x_i − mean), four sums at once, since one would wait for itself. */
function floatProduct(
  values: Float32Array | Float64Array,
  size: number,
): (w: Float64Array, mean: Float64Array) => Float64Array {
  const whole = size - (size % 4);
  const centred = new Float64Array(size);
  return (w, mean) => {
    const out = new Float64Array(size);
    for (let row = 0; row < values.length; row += size) {
      for (let j = 0; j < size; j++) centred[j] = values[row + j]! - mean[j]!;
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let j = 0; j < whole; j += 4) {
        s0 += centred[j]! * w[j]!;
        s1 += centred[j + 1]! * w[j + 1]!;
        s2 += centred[j + 2]! * w[j + 2]!;
        s3 += centred[j + 3]! * w[j + 3]!;
      }
      for (let j = whole; j < size; j++) s0 += centred[j]! * w[j]!;
      const along = s0 + s1 + (s2 + s3);
      for (let j = 0; j < size; j++) out[j]! += along * centred[j]!;
    }
    return out;
  };
}
