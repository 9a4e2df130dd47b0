import { allocate, type NoiseLevel, type Samples } from "@symbreak/core";

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
  const out = allocate(x);
  const denoised = allocate(x);
  const inverse = 1 / from.alpha;
  for (let i = 0; i < out.length; i++) {
    // Not one combination: at alpha → 0 the difference must cancel before it is divided.
    denoised[i] = inverse * (x[i]! - from.sigma * epsilon[i]!);
    out[i] = to.alpha * denoised[i]! + to.sigma * epsilon[i]!;
  }
  return { x: out, denoised };
}
