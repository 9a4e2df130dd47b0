import { invalid, type NoiseLevel, noiseToSignal, type Samples } from "@symbreak/core";
import { combine } from "./combine.ts";

/**
 * A straight move in the coordinates of k-diffusion, X = x/alpha against s = sigma/alpha, where the probability flow is
 * dX/ds = epsilon (Karras et al. 2022, eq. 1): X' = X + (s' − s) · slope.
 *
 * `end` is s' where it is not that of `to` (ancestral steps go lower and come back with noise).
 */
export function straight(
  x: Samples,
  slope: Samples,
  from: NoiseLevel,
  to: NoiseLevel,
  end: number = noiseToSignal(to),
): Samples {
  const length = end - noiseToSignal(from);
  return combine([to.alpha / from.alpha, x], [to.alpha * length, slope]);
}

/** The coordinates need alpha > 0: error for the first level otherwise (zero terminal SNR). */
export function checkFinite(solver: string, levels: readonly NoiseLevel[]): void {
  const start = levels[0];
  if (start !== undefined && !(noiseToSignal(start) < Infinity))
    throw invalid(solver, "levels[0] must have alpha > 0 (works with sigma/alpha)", start.alpha);
}

/**
 * The split of an ancestral step from s to s' into a deterministic part down to `down` and fresh noise `up`, with
 * down² + up² = s'² (k-diffusion).
 */
export function ancestral(from: NoiseLevel, to: NoiseLevel): { up: number; down: number } {
  const [s, next] = [noiseToSignal(from) ** 2, noiseToSignal(to) ** 2];
  const up = Math.sqrt((next * (s - next)) / s);
  return { up, down: Math.sqrt(next - up ** 2) };
}
