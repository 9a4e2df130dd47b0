import { type Covariance, sumOverSpectrum } from "../distribution/covariance.ts";
import { invalid } from "../invalid.ts";
import { bisect } from "./bisect.ts";

/** How many points in how many dimensions; the classes among them, 1 unless given. */
export interface DataSize {
  /** n */
  readonly count: number;
  /** d */
  readonly size: number;
  /** K well separated classes hold n/K points each, and each collapses alone: n/K takes the place of n. */
  readonly classes?: number;
}

/**
 * The collapse time of Gaussian data with this `variance` a dimension, t_C = ½ ln(1 + s²/(n^{2/d} − 1)) in OU time: below
 * it the exact empirical score leads to a training sample (Biroli et al. 2024). With variance 1 only for standardised data.
 */
export function collapseOuTime(data: DataSize, variance: number = 1): number {
  const entropy = logCount("collapseOuTime", data);
  if (!(variance >= 0 && variance < Infinity))
    throw invalid("collapseOuTime", "variance must be finite and not negative", variance);
  return 0.5 * Math.log1p(variance / Math.expm1((2 * entropy) / data.size));
}

/**
 * The collapse time of Gaussian data with any covariance: the t at which Σ ½ ln(1 + λ_i/(e^{2t} − 1)) = ln n, where the
 * information that x_t keeps about its data point no longer suffices to tell n of them apart. OU time.
 */
export function spectralCollapseOuTime(data: DataSize, covariance: Covariance): number {
  const entropy = logCount("spectralCollapseOuTime", data);
  const { size } = data;
  const trace = sumOverSpectrum(covariance, size, (variance) => variance);
  if (!(trace > 0))
    throw invalid("spectralCollapseOuTime", "covariance must have a positive trace", trace);
  // In y = ln(e^{2t} − 1) the information falls monotonically, from ≥ ln n at `low` to ≤ ln n at `high`.
  const information = (y: number) =>
    sumOverSpectrum(covariance, size, (variance) => 0.5 * Math.log1p(variance * Math.exp(-y)));
  const high = Math.log(trace / (2 * entropy));
  const low = Math.log(trace / size) - 2 * entropy - Math.log(2);
  return 0.5 * Math.log1p(Math.exp(bisect((y) => entropy - information(y), low, high)));
}

/** ln(n/K) */
function logCount(where: string, { count, size, classes = 1 }: DataSize): number {
  if (!Number.isInteger(size) || size < 1)
    throw invalid(where, "size must be a positive integer", size);
  if (!(classes >= 1)) throw invalid(where, "classes must be at least 1", classes);
  if (!(count / classes > 1 && count < Infinity))
    throw invalid(where, "count must be more than one point a class", count / classes);
  return Math.log(count / classes);
}
