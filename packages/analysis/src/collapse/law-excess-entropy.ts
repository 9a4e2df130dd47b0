import { type Distribution, invalid, ou, philoxNoise } from "@symbreak/core";

/** Settings of {@link lawExcessEntropy}. */
export interface LawExcessEntropyOptions {
  /** n, the number of data points that one would draw from the law. */
  readonly count: number;
  readonly ouTimes: readonly number[];
  /** Default 2000. */
  readonly draws?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** f/alpha that a law predicts for its samples. */
export interface LawExcessEntropyAt {
  readonly ouTime: number;
  /** 1 − I(x_0; x_t)/ln n: negative below the collapse, where a finite sample has 0. */
  readonly fraction: number;
  readonly standardError: number;
}

/**
 * The excess entropy of n samples of any law with a density, from that density: f/alpha = 1 − I(x_0; x_t)/ln n, whatever the
 * number of classes and the dimension. For two Gaussians it is `twoGaussiansExcessEntropy`: what the class hides is in the
 * density, so the limit of large d needs no correction here.
 *
 * I = E[ln p(x_t | x_0) − ln p_t(x_t)], each term an average of bounded scatter.
 */
export function lawExcessEntropy(
  law: Pick<Distribution, "size" | "sample" | "logDensity">,
  { count, ouTimes, draws = 2000, seed = 0 }: LawExcessEntropyOptions,
): LawExcessEntropyAt[] {
  if (!(count > 1)) throw invalid("lawExcessEntropy", "count must be more than 1", count);
  if (!Number.isInteger(draws) || draws < 2)
    throw invalid("lawExcessEntropy", "draws must be an integer of at least 2", draws);
  const { size } = law;
  const noise = philoxNoise(seed);
  const clean = law.sample(draws, noise);
  const z = new Float64Array(draws * size);
  noise(z, size, 2);
  const own = new Float64Array(draws);
  for (let i = 0; i < z.length; i++) own[Math.floor(i / size)]! -= 0.5 * z[i]! * z[i]!;
  return ouTimes.map((ouTime) => {
    if (!(ouTime > 0 && ouTime < Infinity))
      throw invalid("lawExcessEntropy", "ouTimes must be finite and above 0", ouTime);
    const level = ou().level(ouTime);
    const constant = -0.5 * size * Math.log(2 * Math.PI * level.sigma ** 2);
    const x = z.map((value, i) => level.alpha * clean[i]! + level.sigma * value);
    const densities = law.logDensity(x, level);
    const terms = own.map((square, n) => square + constant - densities[n]!);
    const information = terms.reduce((sum, term) => sum + term, 0) / draws;
    const square = terms.reduce((sum, term) => sum + (term - information) ** 2, 0);
    return {
      ouTime,
      fraction: 1 - information / Math.log(count),
      standardError: Math.sqrt(square / (draws - 1) / draws) / Math.log(count),
    };
  });
}
