import {
  convert,
  gaussian,
  invalid,
  type Moments,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import { sizeOf } from "../size-of.ts";
import { gaussianGain, isotropicGain } from "./gain.ts";
import type { Measurement } from "./measurement.ts";

/** Settings of {@link observe}. */
export interface ObserveOptions {
  /** Standard deviation of the measurement's own noise. Default 0: the measured values are met exactly. */
  readonly noise?: number;
  /** The data's moments, for a correction that knows which values vary together. */
  readonly moments?: Moments;
}

/**
 * A denoiser that knows a measurement y = A x0 of the sample: inpainting, colourisation and other linear problems as
 * controllable generation (Song et al. 2021, appendix I), in every solver and from every start.
 *
 * Its estimate is `D + Σ Aᵀ (A Σ Aᵀ + noise² I)⁻¹ (y − A D)`, the conditional mean if x0 | x_t were N(D, Σ).
 * Without moments Σ is a multiple of I, and the estimate is D with the measured part replaced by y: the replacement
 * (projection) method. With moments Σ is the posterior covariance of the Gaussian that has them: what is measured then
 * moves what is not.
 *
 * An approximation, except with moments on Gaussian data: there it is E[x0 | x_t, y] exactly. The replacement method
 * is biased even there: the unmeasured part learns of y only through x_t.
 *
 * @param values y, `measurement.count` of them, the same for all samples
 */
export function observe(
  denoiser: Denoiser,
  measurement: Measurement,
  values: ArrayLike<number>,
  { noise = 0, moments }: ObserveOptions = {},
): Denoiser {
  const { size, count } = measurement;
  if (sizeOf(denoiser.shape) !== size)
    throw invalid("observe", `measurement must be of ${sizeOf(denoiser.shape)} values`, size);
  if (values.length !== count) throw invalid("observe", `values must be ${count}`, values.length);
  if (!(noise >= 0)) throw invalid("observe", "noise must not be negative", noise);
  if (denoiser.variance !== undefined)
    throw invalid("observe", "the denoiser must not have a learned variance", denoiser.variance);
  const y = Float64Array.from(values);
  const gainAt =
    moments === undefined
      ? isotropicGain(measurement, noise)
      : gaussianGain(measurement, noise, gaussian(moments));
  // What it answers in one call with and without a class is not observed.
  const { predictBoth: _, ...own } = denoiser;
  return {
    ...own,
    predicts: "sample",
    async predict(x: Samples, level: NoiseLevel, asked): Promise<Samples> {
      const out = await denoiser.predict(x, level, asked);
      const denoised = convert(out, x, level, denoiser.predicts, "sample");
      const gain = gainAt(level);
      for (let at = 0; at < denoised.length; at += size) {
        const own = denoised.subarray(at, at + size);
        const missing = measurement.measure(own).map((value, j) => y[j]! - value);
        const correction = gain(missing);
        for (let i = 0; i < size; i++) own[i]! += correction[i]!;
      }
      return denoised;
    },
  };
}
