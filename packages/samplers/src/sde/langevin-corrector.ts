import { allocate, type NoiseLevel, type Samples } from "@symbreak/core";
import { transition } from "./transition.ts";

/**
 * How the Langevin corrector measures |z| and |s|: each sample its own norms, so that no sample depends on its batch;
 * or their means over the batch, as score_sde does.
 */
export type CorrectorNorms = "sample" | "batch";

/** What one corrector step depends on. */
export interface CorrectorStep {
  readonly level: NoiseLevel;
  /** The level that the predictor will go to: it sets the factor 1 − beta of VP. */
  readonly next: NoiseLevel;
  readonly size: number;
  readonly snr: number;
  readonly norms: CorrectorNorms;
}

/**
 * One Langevin step at a level, `x + h s + √(2h) z` with h = 2 a (snr |z|/|s|)², s = −epsilon/sigma (Song et al. 2021,
 * algorithms 4 and 5).
 *
 * a = 1 − beta_i for VP, 1 for VE: ratio² of the transition to the next level, which serves sub-VP too (there score_sde
 * asks for a table that its class lacks). Made for many dimensions, where |s| hardly varies; in a few it is erratic.
 */
export function langevinCorrector(
  x: Samples,
  epsilon: Samples,
  z: Samples,
  { level, next, size, snr, norms }: CorrectorStep,
): Samples {
  const scale = transition(level, next).ratio ** 2;
  const ofScore = rowNorms(epsilon, size).map((norm) => norm / level.sigma);
  const ofNoise = rowNorms(z, size);
  if (norms === "batch") {
    ofScore.fill(mean(ofScore));
    ofNoise.fill(mean(ofNoise));
  }
  const out = allocate(x);
  for (let i = 0; i < out.length; i++) {
    const row = Math.floor(i / size);
    const h = 2 * scale * ((snr * ofNoise[row]!) / ofScore[row]!) ** 2;
    out[i] = x[i]! - (h / level.sigma) * epsilon[i]! + Math.sqrt(2 * h) * z[i]!;
  }
  return out;
}

function rowNorms(batch: Samples, size: number): Float64Array {
  const squares = new Float64Array(batch.length / size);
  for (let i = 0; i < batch.length; i++) squares[Math.floor(i / size)]! += batch[i]! ** 2;
  return squares.map(Math.sqrt);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
