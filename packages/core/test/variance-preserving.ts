import type { Level } from "../src/index.ts";

/** The variance-preserving level of a squared signal amplitude. */
export function vpLevel(alphaBar: number): Level {
  return { alpha: Math.sqrt(alphaBar), sigma: Math.sqrt(1 - alphaBar) };
}

/** The level of an OU time: alphaBar = exp(−2t). */
export function ouLevel(time: number): Level {
  return { alpha: Math.exp(-time), sigma: Math.sqrt(-Math.expm1(-2 * time)) };
}
