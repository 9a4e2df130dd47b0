import type { NoiseLevel, Samples } from "@symbreak/core";
import { combine } from "./combine.ts";

/** Where a transfer leads, and the clean data that it aims at. */
export interface Transfer {
  readonly x: Samples;
  readonly denoised: Samples;
}

/**
 * The DDIM move along a given epsilon: x0 = (x − σε)/α, x' = α'x0 + σ'ε.
 *
 * It is exact for constant epsilon. The transfer formula of PNDM (Liu et al. 2022, eq. 11) is the same move.
 */
export function transfer(x: Samples, epsilon: Samples, from: NoiseLevel, to: NoiseLevel): Transfer {
  // Not one combination: at alpha → 0 the difference must cancel before it is divided.
  const noiseless = combine([1, x], [-from.sigma, epsilon]);
  const denoised = combine([1 / from.alpha, noiseless]);
  return { x: combine([to.alpha, denoised], [to.sigma, epsilon]), denoised };
}
