import type { Empirical, NoiseLevel, Samples } from "@symbreak/core";
import type { JacobianProduct } from "@symbreak/samplers";

/**
 * The Jacobian of the exact denoiser of a finite data set times a vector, in closed form: alpha/sigma² times the
 * covariance of the data under the weights p(data point | x). It is symmetric: product and transposed in one.
 */
export function empiricalProduct(law: Empirical): JacobianProduct {
  const { data, size } = law;
  const points = data.length / size;
  return async (x: Samples, level: NoiseLevel, v: Samples): Promise<Float64Array> => {
    const out = new Float64Array(v.length);
    let weights = new Float64Array(0);
    let mean = weights;
    for (let at = 0; at < v.length; at += size) {
      const row = x.subarray(at, at + size);
      if (at === 0 || row.some((value, i) => value !== x[at - size + i]!)) {
        weights = law.posterior(row, level) as Float64Array<ArrayBuffer>;
        mean = law.denoise(row, level) as Float64Array<ArrayBuffer>;
      }
      for (let n = 0; n < points; n++) {
        const weight = weights[n]!;
        if (weight < 1e-18) continue;
        let along = 0;
        for (let i = 0; i < size; i++) along += (data[n * size + i]! - mean[i]!) * v[at + i]!;
        along *= (weight * level.alpha) / level.sigma ** 2;
        for (let i = 0; i < size; i++) out[at + i]! += along * (data[n * size + i]! - mean[i]!);
      }
    }
    return out;
  };
}
