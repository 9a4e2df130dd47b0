import {
  collapseOuTime,
  type DataSize,
  discreteSchedule,
  type Moments,
  spectralCollapseOuTime,
  sumOverSpectrum,
} from "@symbreak/core";
import { type ChainName, type ChainTime, chainName, chainTime } from "../chain-time.ts";
import type { TimeOptions } from "../speciation/speciation-time.ts";

/** The collapse time by three formulas, from the coarsest to the one that knows the data's spectrum. */
export interface CollapseTime {
  /** ½ ln(1 + 1/(n^{2/d} − 1)): holds for standardised data only. */
  readonly unitVariance: ChainTime;
  /** ½ ln(1 + s²/(n^{2/d} − 1)) with s² = Tr C/d. */
  readonly variance: ChainTime & { readonly variance: number };
  /** The t at which Σ ½ ln(1 + λ_i/(e^{2t} − 1)) = ln n. */
  readonly spectrum: ChainTime;
  /** n */
  readonly count: number;
  /** d */
  readonly size: number;
  /** K: n/K took the place of n. */
  readonly classes: number;
  readonly scale: string;
  readonly schedule: ChainName;
}

/**
 * The collapse time t_C, below which the exact empirical score leads to a training sample, for n samples with these
 * moments (Biroli et al. 2024; the last formula is the Gaussian one with the whole spectrum).
 *
 * Low-rank moments count each direction left out with their common variance.
 *
 * @example collapseTime({ count: 10_000, size: 1024 }, moments).spectrum.ouTime // 0.4592 for MNIST 1 and 8, unit scale
 */
export function collapseTime(
  data: DataSize,
  { covariance }: Pick<Moments, "covariance">,
  options: TimeOptions = {},
): CollapseTime {
  const { schedule = discreteSchedule(), scale = "as given" } = options;
  const { count, size, classes = 1 } = data;
  const variance = sumOverSpectrum(covariance, size, (value) => value) / size;
  return {
    unitVariance: chainTime(collapseOuTime(data), schedule),
    variance: { ...chainTime(collapseOuTime(data, variance), schedule), variance },
    spectrum: chainTime(spectralCollapseOuTime(data, covariance), schedule),
    ...{ count, size, classes, scale },
    schedule: chainName(schedule),
  };
}
