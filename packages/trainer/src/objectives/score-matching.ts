import { exponentialSigmas, invalid } from "@symbreak/core";
import { denoising, noiseErrorPer } from "./denoising.ts";
import type { Objective } from "./objective.ts";

/** Settings of {@link scoreMatching}. */
export interface ScoreMatchingOptions {
  /** Descending. Default: 10 in geometric sequence from 1 to 0.01, for data in [0, 1]. */
  readonly sigmas?: ArrayLike<number>;
  /** Default "score", the network's output itself; "epsilon" for a network that is divided by −sigma (NCSNv2). */
  readonly prediction?: "score" | "epsilon";
}

/**
 * Denoising score matching over a list of noise scales (Song & Ermon 2019, eq. 6): x̃ = x + sigma·ε, and the mean of
 * sigma²·|s(x̃, i) + ε/sigma|², which is twice the paper's per dimension. The network is told the index i, 0 the noisiest.
 */
export function scoreMatching({
  sigmas = exponentialSigmas(10, { sigmaMin: 0.01, sigmaMax: 1 }),
  prediction = "score",
}: ScoreMatchingOptions = {}): Objective {
  const count = sigmas.length;
  const rule = "sigmas must be positive and descend";
  for (let i = 0; i < count; i++)
    if (!(sigmas[i]! > 0 && sigmas[i]! < (i === 0 ? Infinity : sigmas[i - 1]!)))
      throw invalid("scoreMatching", rule, sigmas);
  if (count === 0) throw invalid("scoreMatching", rule, sigmas);
  return denoising({
    name: `${prediction} matching over ${count} scales`,
    prediction,
    level: (fraction) => {
      const index = count - 1 - Math.floor(fraction * count);
      return { alpha: 1, sigma: sigmas[index]!, timestep: index };
    },
    weight: (level) => noiseErrorPer(prediction, level),
  });
}
