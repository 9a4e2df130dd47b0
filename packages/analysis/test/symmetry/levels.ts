import type { NoiseLevel } from "@symbreak/core";

/** The variance-preserving level at alphaBar. */
export function vpLevel(alphaBar: number): NoiseLevel {
  return { alpha: Math.sqrt(alphaBar), sigma: Math.sqrt(1 - alphaBar), timestep: 0 };
}

/** `count` levels from one OU time to another, noisiest first, evenly spaced. */
export function vpLevels(from: number, to: number, count: number): NoiseLevel[] {
  return Array.from({ length: count }, (_, i) =>
    vpLevel(Math.exp(-2 * (from + ((to - from) * i) / (count - 1)))),
  );
}

/** The variance-exploding level of the same signal to noise. */
export function explode({ alpha, sigma, timestep }: NoiseLevel): NoiseLevel {
  return { alpha: 1, sigma: sigma / alpha, timestep };
}
