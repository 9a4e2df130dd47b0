import {
  applyFunction,
  type Gaussian,
  invalid,
  multiply,
  type NoiseLevel,
  smallestVariance,
} from "@symbreak/core";
import { cholesky, solveCholesky } from "@symbreak/core/linalg";
import type { Measurement } from "./measurement.ts";

/** Σ Aᵀ (A Σ Aᵀ + noise² I)⁻¹ times a residual of the measurement: how the estimate of x0 moves. */
export type Gain = (residual: Float64Array) => Float64Array;

/** Σ = r² I with r² = sigma²/(alpha² + sigma²) (Song et al. 2023, ΠGDM); without noise r cancels. */
export function isotropicGain(
  measurement: Measurement,
  noise: number,
): (level: NoiseLevel) => Gain {
  return ({ alpha, sigma }) => {
    const scale = sigma ** 2 / (alpha ** 2 + sigma ** 2);
    const factor = scale / (measurement.gain * scale + noise ** 2);
    return (residual) => measurement.spread(residual.map((value) => factor * value));
  };
}

/** Σ = Cov(x0 | x_t) of Gaussian data. One Cholesky factor of count × count a level, kept until the level changes. */
export function gaussianGain(
  measurement: Measurement,
  noise: number,
  law: Gaussian,
): (level: NoiseLevel) => Gain {
  const { size, count } = measurement;
  if (noise === 0 && smallestVariance(law.moments.covariance, size) <= 0)
    throw invalid(
      "observe",
      "noise must be positive where the moments have directions without variance",
      noise,
    );
  const rows = new Float64Array(count * size);
  for (let j = 0; j < count; j++) {
    const unit = new Float64Array(count);
    unit[j] = 1;
    rows.set(measurement.spread(unit), j * size);
  }
  let [known, gain]: [NoiseLevel | undefined, Gain] = [undefined, () => rows];
  return (level) => {
    if (known === level) return gain;
    const covariance = law.posteriorCovariance(level);
    const spread = applyFunction(covariance, size, rows, (variance) => variance);
    const shape = { rows: count, inner: size, columns: count, transposeB: true };
    const inner = multiply(spread, rows, shape);
    for (let j = 0; j < count; j++) inner[j * count + j]! += noise ** 2;
    const factor = cholesky(inner, count);
    gain = (residual) => {
      const weights = solveCholesky(factor, residual);
      return multiply(weights, spread, { rows: 1, inner: count, columns: size });
    };
    known = level;
    return gain;
  };
}
