import { checkNumbers } from "../check-numbers.ts";
import { linearRate, type VpOptions } from "./linear-rate.ts";
import { makeProcess, type Process } from "./process.ts";
import { softplus } from "./softplus.ts";

/**
 * Variance preserving (Song et al. 2021, eq. 11): dx = −beta x/2 dt + √beta dW, the continuous DDPM.
 *
 * alphaBar(t) = exp(−∫beta), alpha² + sigma² = 1.
 */
export function vp(options: VpOptions = {}): Process {
  checkNumbers("vp", options, ["betaMin", "betaMax", "tMin", "tMax"]);
  const { tMin = 1e-3, tMax = 1 } = options;
  const { beta, integral, timeOf, betaMin, betaMax } = linearRate(options);
  return makeProcess({
    name: "vp",
    spec: { name: "vp", betaMin, betaMax, tMin, tMax },
    tMin,
    tMax,
    alpha: (t) => Math.exp(-0.5 * integral(t)),
    sigma: (t) => Math.sqrt(-Math.expm1(-integral(t))),
    drift: (t) => -0.5 * beta(t),
    diffusion: (t) => Math.sqrt(beta(t)),
    timeAt: (logSnr) => timeOf(softplus(-logSnr)),
  });
}
