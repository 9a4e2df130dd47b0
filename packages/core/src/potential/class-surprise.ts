import { invalid } from "../invalid.ts";
import { classEntropy, cloningProbability } from "./cloning.ts";
import { gaussianAverage } from "./gaussian-average.ts";

/**
 * −dH(class | x_t)/dκ of two Gaussian classes: half the error E Var(z | x_t) of the class z = ±1, which is 1 − phi.
 *
 * By OU time H rises as 2κ(1 − phi)/(1 − alphaBar(1 − deviation²)): for deviation 1 fastest where κ = 1.2281², 0.2055
 * before t_S on the way to the data.
 */
export function classEntropySlope(kappa: number, weight: number = 0.5): number {
  return 1 - cloningProbability(kappa, weight);
}

/**
 * Var(−ln p(class | x_t)) of two Gaussian classes, nats²: how unequally a decision falls on the paths. 0 at both ends; for
 * equal weights greatest at κ = 1.013², almost exactly the speciation time (compare arXiv 2602.09651).
 */
export function classSurpriseVariance(kappa: number, weight: number = 0.5): number {
  if (!(kappa >= 0)) throw invalid("classSurpriseVariance", "kappa must not be negative", kappa);
  if (!(weight > 0 && weight < 1))
    throw invalid("classSurpriseVariance", "weight must lie in (0, 1)", weight);
  if (kappa === 0) return weight * (1 - weight) * Math.log(weight / (1 - weight)) ** 2;
  if (kappa === Infinity) return 0;
  // 2 cosh(v) Σ p ln² p of odds exp(2v), without its overflow.
  const square = (v: number) => {
    const rest = Math.exp(-2 * Math.abs(v));
    const log = Math.log1p(rest);
    return Math.exp(Math.abs(v)) * (log ** 2 + rest * (2 * Math.abs(v) + log) ** 2);
  };
  const field = 0.5 * Math.log(weight / (1 - weight));
  const scale = Math.sqrt(weight * (1 - weight)) * Math.exp(-0.5 * kappa);
  return scale * gaussianAverage(square, kappa, field) - classEntropy(kappa, weight) ** 2;
}
