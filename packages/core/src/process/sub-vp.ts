import { checkNumbers } from "../check-numbers.ts";
import { linearRate, type VpOptions } from "./linear-rate.ts";
import { makeProcess, type Process } from "./process.ts";

/**
 * Sub-variance-preserving (Song et al. 2021, eq. 29): VP's drift with less noise, sigma = 1 − alpha².
 *
 * g² = beta·(1 − exp(−2∫beta)).
 */
export function subVp(options: VpOptions = {}): Process {
  checkNumbers("subVp", options, ["betaMin", "betaMax", "tMin", "tMax"]);
  const { tMin = 1e-3, tMax = 1 } = options;
  const { beta, integral, timeOf, betaMin, betaMax } = linearRate(options);
  return makeProcess({
    name: "subVp",
    spec: { name: "subVp", betaMin, betaMax, tMin, tMax },
    tMin,
    tMax,
    alpha: (t) => Math.exp(-0.5 * integral(t)),
    sigma: (t) => -Math.expm1(-integral(t)),
    drift: (t) => -0.5 * beta(t),
    diffusion: (t) => Math.sqrt(-beta(t) * Math.expm1(-2 * integral(t))),
    // sigma/alpha = 2 sinh(∫beta / 2).
    timeAt: (logSnr) => timeOf(2 * Math.asinh(0.5 * Math.exp(-0.5 * logSnr))),
  });
}
