import { logSnr, type NoiseLevel } from "../level.ts";
import { softplus } from "../process/softplus.ts";

/**
 * The Ornstein–Uhlenbeck time t of a level of any process, by its log SNR: t = ½ ln(1 + sigma²/alpha²), in the units of
 * dx = −x dt + √2 dW (Biroli et al. 2024).
 *
 * For variance-preserving levels it is −ln alpha; for exploding ones alpha says nothing, and this does.
 */
export function ouTimeOf(level: Pick<NoiseLevel, "alpha" | "sigma">): number {
  return 0.5 * softplus(-logSnr(level));
}
