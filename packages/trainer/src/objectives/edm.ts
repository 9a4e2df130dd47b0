import { checkKeys, invalid, type NoiseLevel, normalQuantile } from "@symbreak/core";
import { denoising } from "./denoising.ts";
import type { Objective } from "./objective.ts";

/** Settings of {@link edmMatching}; the defaults are the paper's. */
export interface EdmMatchingOptions {
  /** Standard deviation of the data, in the network's units. Default 0.5. */
  readonly sigmaData?: number;
  /** Mean and deviation of ln sigma. Default −1.2 and 1.2. */
  readonly logMean?: number;
  readonly logDeviation?: number;
}

/**
 * The preconditioned denoising loss of Karras et al. 2022, table 1 and section 5: sigma is log-normal, and with
 * x = x_0 + sigma·epsilon the whole denoiser is D = c_skip x + c_out F(c_in x, ln(sigma)/4) around the raw network F.
 *
 * Its loss (sigma² + s²)/(sigma s)²·|D − x_0|², s the data's deviation, is |F − (x_0 − c_skip x)/c_out|²: input and
 * target of F have variance one at every sigma.
 */
export function edmMatching(options: EdmMatchingOptions = {}): Objective {
  checkKeys("edmMatching", options, ["sigmaData", "logMean", "logDeviation"]);
  const { sigmaData = 0.5, logMean = -1.2, logDeviation = 1.2 } = options;
  if (!(sigmaData > 0)) throw invalid("edmMatching", "sigmaData must be positive", sigmaData);
  if (!(logDeviation > 0))
    throw invalid("edmMatching", "logDeviation must be positive", logDeviation);
  return denoising({
    name: "EDM",
    prediction: "sample",
    level: (fraction) => {
      const logSigma = logMean + logDeviation * normalQuantile(fraction);
      return { alpha: 1, sigma: Math.exp(logSigma), timestep: logSigma / 4 };
    },
    weight: () => 1,
    inputFactor: ({ sigma }) => 1 / Math.hypot(sigma, sigmaData),
    target: ({ sigma }: NoiseLevel) => {
      const norm = Math.hypot(sigma, sigmaData);
      // (x_0 − c_skip x)/c_out with c_skip = s²/(sigma² + s²) and c_out = sigma s/√(sigma² + s²).
      return [sigma / (sigmaData * norm), -sigmaData / norm];
    },
  });
}
