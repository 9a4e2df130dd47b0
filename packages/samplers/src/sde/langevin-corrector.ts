import { allocate, type NoiseLevel, type Samples } from "@symbreak/core";
import { transition } from "./transition.ts";

/**
 * How the Langevin corrector measures |z| and |s|.
 *
 * "sample": each sample its own norms, so that no sample depends on its batch. But a step that depends on the state draws
 * from another law, by about 2/d in its variance: far from it in a few dimensions. "expected": the norm that noise has on
 * average, for both; all samples take one step, right in any dimension, and smaller near the data. "batch": the means over
 * the batch, as score_sde does.
 */
export type CorrectorNorms = "expected" | "sample" | "batch";

/** From this dimension on a sample's own norms are sharp enough. */
const SHARP = 64;

/** The norms that are right in a dimension and any batch. */
export function normsIn(size: number): CorrectorNorms {
  return size < SHARP ? "expected" : "sample";
}

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
 * asks for a table that its class lacks). With expected norms |s| = |epsilon|/sigma is |z|/sigma, and h = 2 a (snr sigma)².
 */
export function langevinCorrector(
  x: Samples,
  epsilon: Samples,
  z: Samples,
  { level, next, size, snr, norms }: CorrectorStep,
): Samples {
  const scale = transition(level, next).ratio ** 2;
  const ratios = normRatios(z, epsilon, size, norms);
  const out = allocate(x);
  for (let i = 0; i < out.length; i++) {
    const row = Math.floor(i / size);
    const h = 2 * scale * (snr * level.sigma * ratios[row]!) ** 2;
    out[i] = x[i]! - (h / level.sigma) * epsilon[i]! + Math.sqrt(2 * h) * z[i]!;
  }
  return out;
}

/** |z|/|epsilon| for each sample. */
function normRatios(
  z: Samples,
  epsilon: Samples,
  size: number,
  norms: CorrectorNorms,
): Float64Array {
  if (norms === "expected") return new Float64Array(z.length / size).fill(1);
  const [ofNoise, ofScore] = [rowNorms(z, size), rowNorms(epsilon, size)];
  if (norms === "sample") return ofNoise.map((norm, row) => norm / ofScore[row]!);
  return ofNoise.fill(mean(ofNoise) / mean(ofScore));
}

function rowNorms(batch: Samples, size: number): Float64Array {
  const squares = new Float64Array(batch.length / size);
  for (let i = 0; i < batch.length; i++) squares[Math.floor(i / size)]! += batch[i]! ** 2;
  return squares.map(Math.sqrt);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
