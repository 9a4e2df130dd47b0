import type { NoiseLevel } from "@symbreak/core";

/** One step of a discretised reverse SDE, linear in its ingredients: `x' = ofState·x + ofScore·s(x) + ofNoise·z`. */
export interface PredictorStep {
  readonly ofState: number;
  readonly ofScore: number;
  /** Left out in the step to clean data, which returns its mean. */
  readonly ofNoise: number;
}

/** How a reverse SDE is discretised between two levels. */
export type Predictor = (from: NoiseLevel, to: NoiseLevel) => PredictorStep;
