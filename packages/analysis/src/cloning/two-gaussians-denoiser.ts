import type { NoiseLevel, Samples, TwoGaussians } from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";

/**
 * E[x_0 | x_t] of two Gaussian classes on a line, (alpha s² x + sigma² m tanh(alpha m x/Γ + h))/Γ with Γ = sigma² + alpha² s²
 * and h = ½ ln(w/(1 − w)): what `exactDenoiser` of the mixture says, without its general machinery.
 */
export function twoGaussiansDenoiser({ mean, deviation, weight = 0.5 }: TwoGaussians): Denoiser {
  const field = 0.5 * Math.log(weight / (1 - weight));
  return {
    shape: [1],
    predicts: "sample",
    async predict(x: Samples, { alpha, sigma }: NoiseLevel) {
      const spread = sigma ** 2 + (alpha * deviation) ** 2;
      const shrink = (alpha * deviation ** 2) / spread;
      const pull = (sigma ** 2 * mean) / spread;
      const steepness = (alpha * mean) / spread;
      const out = new Float64Array(x.length);
      for (let i = 0; i < out.length; i++)
        out[i] = shrink * x[i]! + pull * Math.tanh(steepness * x[i]! + field);
      return out;
    },
  };
}
