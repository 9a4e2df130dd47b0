import { checkNumbers } from "../check-numbers.ts";
import { invalid } from "../invalid.ts";
import type { Process } from "./process.ts";

/** Settings of {@link edm}. */
export interface EdmOptions {
  /** The least sigma that samplers go down to. Default 0.002. */
  readonly sigmaMin?: number;
  /** The sigma where sampling starts. Default 80. */
  readonly sigmaMax?: number;
}

/**
 * EDM's parametrisation of variance exploding (Karras et al. 2022): x = x_0 + sigma·epsilon, and the network is told
 * t = ln(sigma)/4. As an SDE in that time: dx = √(8 sigma²) dW.
 */
export function edm(options: EdmOptions = {}): Process {
  checkNumbers("edm", options, ["sigmaMin", "sigmaMax"]);
  const { sigmaMin = 0.002, sigmaMax = 80 } = options;
  if (!(sigmaMin > 0 && sigmaMax > sigmaMin && sigmaMax < Infinity))
    throw invalid("edm", "sigmas must satisfy 0 < sigmaMin < sigmaMax < ∞", [sigmaMin, sigmaMax]);
  const sigma = (t: number) => Math.exp(4 * t);
  return {
    name: "edm",
    spec: { name: "edm", sigmaMin, sigmaMax },
    tMin: Math.log(sigmaMin) / 4,
    tMax: Math.log(sigmaMax) / 4,
    alpha: () => 1,
    sigma,
    drift: () => 0,
    diffusion: (t) => Math.sqrt(8) * sigma(t),
    level: (t) => ({ alpha: 1, sigma: sigma(t), timestep: t }),
    timeAt: (logSnr) => -logSnr / 8,
  };
}
