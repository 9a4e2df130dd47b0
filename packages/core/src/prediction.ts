import { invalid } from "./invalid.ts";
import type { NoiseLevel } from "./level.ts";
import { allocate, type Samples } from "./samples.ts";

/**
 * What a network predicts: the noise, the velocity of Salimans & Ho 2022, the clean sample, the score
 * `∇ log p(x)` = −epsilon/sigma, or the velocity of flow matching, epsilon − x0 (Lipman et al. 2023).
 *
 * Velocity is `v = c·epsilon − s·x0` with (c, s) = (alpha, sigma)/√(alpha² + sigma²), so that one definition serves
 * variance-preserving processes (where c = alpha, s = sigma) and the sigma form of k-diffusion (alpha = 1).
 */
export type Prediction = "epsilon" | "v" | "sample" | "score" | "flow";

/** A prediction as a linear functional (a, b) of the pair: it stands for a·x0 + b·epsilon. */
export function functionalOf(
  prediction: Prediction,
  { alpha, sigma }: NoiseLevel,
): [number, number] {
  if (prediction === "sample") return [1, 0];
  if (prediction === "epsilon") return [0, 1];
  if (prediction === "score") return [0, -1 / sigma];
  if (prediction === "flow") return [-1, 1];
  if (prediction !== "v") throw invalid("convert", PREDICTION_RULE, prediction);
  const norm = Math.hypot(alpha, sigma);
  return [-sigma / norm, alpha / norm];
}

const PREDICTION_RULE = 'prediction must be "epsilon", "v", "sample", "score" or "flow"';

/**
 * Turns a batch of predictions into another kind: `out` is what the network said about `x` at `level`.
 *
 * x and the prediction are two linear functionals of (x0, epsilon); the wanted one is their combination, solved in
 * double precision. Returns a new batch of x's type. Throws where the first kind does not determine the second:
 * epsilon → sample at alpha = 0 (zero terminal SNR), sample → epsilon at sigma = 0.
 */
export function convert<S extends Samples>(
  out: Samples,
  x: S,
  level: NoiseLevel,
  from: Prediction,
  to: Prediction,
): S {
  if (out.length !== x.length)
    throw invalid("convert", `out must have the ${x.length} elements of x`, out.length);
  const [fromSample, fromEpsilon] = functionalOf(from, level);
  const result = allocate(x);
  if (from === to) {
    result.set(out);
    return result;
  }
  const [toSample, toEpsilon] = functionalOf(to, level);
  const { alpha, sigma } = level;
  const determinant = alpha * fromEpsilon - sigma * fromSample;
  const ofX = (toSample * fromEpsilon - toEpsilon * fromSample) / determinant;
  const ofOut = (alpha * toEpsilon - sigma * toSample) / determinant;
  if (!Number.isFinite(ofX) || !Number.isFinite(ofOut))
    throw invalid("convert", `${from} must determine ${to} at this level`, level);
  for (let i = 0; i < result.length; i++) result[i] = ofX * x[i]! + ofOut * out[i]!;
  return result;
}

/** The clean sample that a prediction stands for; see {@link convert}. */
export function toSample<S extends Samples>(
  out: Samples,
  x: S,
  level: NoiseLevel,
  from: Prediction,
): S {
  return convert(out, x, level, from, "sample");
}

/** The noise that a prediction stands for; see {@link convert}. */
export function toEpsilon<S extends Samples>(
  out: Samples,
  x: S,
  level: NoiseLevel,
  from: Prediction,
): S {
  return convert(out, x, level, from, "epsilon");
}
