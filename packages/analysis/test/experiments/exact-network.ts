import {
  AS_IS,
  type Data,
  type Distribution,
  dataOf,
  discreteSchedule,
  type GaussianMixture,
  gaussianMixture,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import { exactDenoiser, type Network } from "@symbreak/samplers";
import type { Extractor } from "../../src/experiments/extractor.ts";

/** Two classes at ±(3, 0), with a spread of 0.3. */
export const TWO_CLASSES: GaussianMixture = gaussianMixture({
  weights: [1, 1],
  means: [
    [3, 0],
    [-3, 0],
  ],
  covariances: [0.09, 0.09],
});

/** The perfect network of a law, counting its calls of one sample each. */
export function exactNetwork(
  law: Distribution,
  digest: string | null = "a".repeat(64),
): Network & { readonly calls: () => number } {
  let calls = 0;
  const exact = exactDenoiser(law);
  return {
    ...{ name: "exact", digest, process: discreteSchedule(), units: AS_IS },
    calls: () => calls,
    denoiser: {
      ...exact,
      predict(x: Samples, level) {
        calls += x.length / law.size;
        return exact.predict(x, level);
      },
    },
  };
}

/** Draws of a law as data, labelled by the sign of the first coordinate. */
export function drawsOf(law: Distribution, count: number, seed: number): Data {
  const values = law.sample(count, philoxNoise(seed));
  const labels = Uint8Array.from({ length: count }, (_, i) => (values[i * law.size]! > 0 ? 1 : 0));
  return { ...dataOf(values, [law.size]), labels, name: "draws" };
}

/** The coordinates themselves: a distance on them sees two moments and nothing else. */
export const COORDINATES: Extractor = {
  name: "coordinates",
  description: "the numbers",
  judge: async (samples) => ({ features: dataOf(samples.values, samples.shape) }),
};

/** The coordinates and their fourth powers, which tell two clusters from a Gaussian; classes by the sign. */
export const POWERS: Extractor = {
  name: "powers",
  description: "the numbers and their fourth powers over 20",
  classes: ["left", "right"],
  judge: async ({ values, shape }) => {
    const size = shape[0]!;
    const count = values.length / size;
    const features = new Float64Array(2 * values.length);
    const logits = new Float32Array(2 * count);
    for (let n = 0; n < count; n++) {
      for (let j = 0; j < size; j++) {
        const value = values[n * size + j]!;
        features[2 * n * size + j] = value;
        features[(2 * n + 1) * size + j] = value ** 4 / 20;
      }
      logits.set([-2 * values[n * size]!, 2 * values[n * size]!], 2 * n);
    }
    return { features: dataOf(features, [2 * size]), logits };
  },
};
