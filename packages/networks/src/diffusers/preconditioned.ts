import { noiseToSignal } from "@symbreak/core";
import { combine, type Denoiser } from "@symbreak/samplers";
import type { BareNetwork } from "./scheduler.ts";

/** Settings of {@link preconditioned}. */
export interface Preconditioning {
  /** Standard deviation of the data, 0.5 in the paper. */
  readonly sigmaData?: number;
  /** The network returns −F: "v_prediction" in diffusers. Default false. */
  readonly negative?: boolean;
}

/**
 * The denoiser D(x; σ) = c_skip x + c_out F(c_in x, c_noise) of a raw network F (Karras et al. 2022, table 1), with
 * σ = sigma/alpha and x in its coordinates. F is told the level's timestep: `edmLevels` has c_noise = ln(σ)/4 there.
 */
export function preconditioned(
  network: BareNetwork,
  { sigmaData = 0.5, negative = false }: Preconditioning = {},
): Denoiser {
  return {
    ...network,
    predicts: "sample",
    async predict(x, level, options) {
      const sigma = noiseToSignal(level);
      const norm = Math.hypot(sigma, sigmaData);
      const scaled = combine([1 / (norm * level.alpha), x]);
      const raw = await network.predict(scaled, level, options);
      const out = ((negative ? -1 : 1) * sigma * sigmaData) / norm;
      return combine([sigmaData ** 2 / norm ** 2 / level.alpha, x], [out, raw]);
    },
  };
}
