import {
  type Distribution,
  type GaussianMixture,
  gaussianMixture,
  type NoiseLevel,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import type { ConditionGradient } from "../../src/guidance/guide.ts";

/** Three classes in the plane, one of two components. */
export const mixture: GaussianMixture = gaussianMixture({
  weights: [0.2, 0.3, 0.4, 0.1],
  means: [
    [1, 2],
    [-1, 0.5],
    [0, -2],
    [2, -1],
  ],
  covariances: [0.3, 0.05, 1, 0.2],
});

/** The exact noisy classifier: ∇ ln p(class | x) = ∇ ln p(x | class) − ∇ ln p(x). */
export function classGradient(conditional: Distribution): ConditionGradient {
  return async (x, level) => {
    const joint = mixture.score(x, level);
    return conditional.score(x, level).map((value, i) => value - joint[i]!);
  };
}

/** A batch spread over the states of the mixture at a level. */
export function states(level: NoiseLevel, count = 40): Samples {
  return mixture.sample(count, philoxNoise(11), level);
}
