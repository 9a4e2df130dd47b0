import { checkNumbers } from "../check-numbers.ts";
import { makeProcess, type Process } from "./process.ts";
import { softplus } from "./softplus.ts";

/** Settings of {@link ou}. */
export interface OuOptions {
  /** Default 1e-3. */
  readonly tMin?: number;
  /** Default 5, about the end of the linear DDPM schedule (5.059). */
  readonly tMax?: number;
}

/**
 * Ornstein–Uhlenbeck in physicists' units (Biroli et al. 2024): dx = −x dt + √2 dW.
 *
 * alpha = e^−t, sigma² = 1 − e^−2t; t = −½ ln alphaBar.
 */
export function ou(options: OuOptions = {}): Process {
  checkNumbers("ou", options, ["tMin", "tMax"]);
  const { tMin = 1e-3, tMax = 5 } = options;
  return makeProcess({
    name: "ou",
    spec: { name: "ou", tMin, tMax },
    tMin,
    tMax,
    alpha: (t) => Math.exp(-t),
    sigma: (t) => Math.sqrt(-Math.expm1(-2 * t)),
    drift: () => -1,
    diffusion: () => Math.SQRT2,
    timeAt: (logSnr) => 0.5 * softplus(-logSnr),
  });
}
