import type { Level } from "../distribution/distribution.ts";
import { invalid } from "../invalid.ts";
import { classEntropy, classSignal } from "./cloning.ts";
import type { DataSize } from "./collapse.ts";
import type { TwoGaussians } from "./two-gaussians.ts";

/**
 * The excess entropy f/alpha of `count` points of two Gaussian classes in `size` dimensions at a level: 1 while points
 * overlap beyond telling, 0 at the collapse; below it the formula is negative and the measured value 0.
 *
 * f/alpha = 1 + ln(Δ/Γ)/(2 alpha) − I(class; x_t)/ln n, with alpha = ln n/d, Δ = sigma², Γ = Δ + alpha_t² deviation². The
 * last term, absent from the limit of large d that Biroli et al. 2024 give, is what the points know about their class:
 * without it the theory misses measured curves by up to ln 2/ln n.
 */
export function twoGaussiansExcessEntropy(
  pair: TwoGaussians,
  { count, size }: DataSize,
  level: Level,
): number {
  if (!(count > 1)) throw invalid("twoGaussiansExcessEntropy", "count must be more than 1", count);
  if (!Number.isInteger(size) || size < 1)
    throw invalid("twoGaussiansExcessEntropy", "size must be a positive integer", size);
  if (!(level.sigma > 0))
    throw invalid("twoGaussiansExcessEntropy", "level.sigma must be positive", level.sigma);
  const { mean, deviation, weight = 0.5 } = pair;
  const kappa = classSignal(mean, deviation, level);
  const information = classEntropy(0, weight) - classEntropy(kappa, weight);
  const widening = 0.5 * size * Math.log1p(((level.alpha * deviation) / level.sigma) ** 2);
  return 1 - (widening + information) / Math.log(count);
}
