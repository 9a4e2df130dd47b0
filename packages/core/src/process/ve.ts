import { checkNumbers } from "../check-numbers.ts";
import { invalid } from "../invalid.ts";
import { makeProcess, type Process } from "./process.ts";

/** Settings of {@link ve}. */
export interface VeOptions {
  /** Default 0.01. */
  readonly sigmaMin?: number;
  /** Default 50; about the largest distance between data points (Song & Ermon 2020). */
  readonly sigmaMax?: number;
  /** Default 1e-5. */
  readonly tMin?: number;
  /** Default 1. */
  readonly tMax?: number;
}

/**
 * Variance exploding (Song et al. 2021, eq. 9): x_t = x_0 + sigma(t)·epsilon, sigma(t) = sigmaMin (sigmaMax/sigmaMin)^t.
 *
 * The field's convention: sigma(0) is sigmaMin, not 0, so the SDE starts from data already blurred by sigmaMin.
 */
export function ve(options: VeOptions = {}): Process {
  checkNumbers("ve", options, ["sigmaMin", "sigmaMax", "tMin", "tMax"]);
  const { sigmaMin = 0.01, sigmaMax = 50, tMin = 1e-5, tMax = 1 } = options;
  if (!(sigmaMin > 0 && sigmaMax > sigmaMin))
    throw invalid("ve", "sigmas must satisfy 0 < sigmaMin < sigmaMax", [sigmaMin, sigmaMax]);
  const rate = Math.log(sigmaMax / sigmaMin);
  const sigma = (t: number) => sigmaMin * Math.exp(rate * t);
  return makeProcess({
    name: "ve",
    spec: { name: "ve", sigmaMin, sigmaMax, tMin, tMax },
    tMin,
    tMax,
    alpha: () => 1,
    sigma,
    drift: () => 0,
    diffusion: (t) => sigma(t) * Math.sqrt(2 * rate),
    timeAt: (logSnr) => -(0.5 * logSnr + Math.log(sigmaMin)) / rate,
  });
}
