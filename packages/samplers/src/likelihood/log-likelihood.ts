import {
  type ForwardProcess,
  invalid,
  type Moments,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Condition } from "../condition.ts";
import type { Abort, Denoiser } from "../denoiser.ts";
import { sizeOf } from "../size-of.ts";
import type { JacobianProduct } from "./divergence.ts";
import { flowLikelihood } from "./flow-likelihood.ts";

/** Settings of {@link logLikelihood}. */
export interface LogLikelihoodOptions {
  readonly denoiser: Denoiser;
  /** Clean data, count × size. */
  readonly data: Samples;
  /** The forward process of the denoiser. */
  readonly process: ForwardProcess;
  /** The cleanest level, where the data are put: what is found is the density of data with this much noise. */
  readonly from: NoiseLevel;
  /** The noisiest level, where the prior takes over. */
  readonly to: NoiseLevel;
  /** Moments of the data: the prior is then N(alpha μ, alpha² C + sigma² I) instead of pure noise. */
  readonly moments?: Moments;
  /** Of the divergence: "exact", every direction, or so many random ones. Default "exact" up to 16 values, then 4. */
  readonly probes?: "exact" | number;
  /** The derivative of the prediction where there is one; central differences otherwise. */
  readonly product?: JacobianProduct;
  /** Error allowed per value and step, rtol·|·| + atol. Default 1e-6 each. */
  readonly rtol?: number;
  readonly atol?: number;
  /** Of the random probes; sample i has its own. Default 0. */
  readonly seed?: number | bigint;
  /** Width of a grey level in the data's units (1/128 for 8 bits on [−1, 1]): bits are then those of the image. Default 1. */
  readonly binWidth?: number;
  /** What a conditional network is asked for, by the numbers of the samples. */
  readonly condition?: Condition;
  /** Number of the first sample, whose probes and class it has. Default 0. */
  readonly first?: number;
  readonly signal?: Abort;
}

/** What each sample's value may be off by, in nats. All are estimates; `total` is their sum. */
export interface LikelihoodError {
  /** Of the steps: the solver's local errors and the difference from a second run at ten times the tolerance. */
  readonly integration: Float64Array;
  /** Of the random probes: the standard error over them; 0 when exact, NaN of a single probe. */
  readonly divergence: Float64Array;
  /** Of the prior, to second order: from the difference g of the network's score and its own at the noisy end. */
  readonly prior: Float64Array;
  /** Of the noise at `from`, to first order. Large for data on a surface, whose own density is infinite. */
  readonly truncation: Float64Array;
  readonly total: Float64Array;
}

/** Log-likelihoods, one a sample. */
export interface LogLikelihoodResult {
  /** ln p(x0), nats: of the density in the data's units. */
  readonly nats: Float64Array;
  /** −log2(p(x0) · binWidth^size)/size. */
  readonly bitsPerDim: Float64Array;
  readonly error: LikelihoodError;
  /** Evaluations of the denoiser (and of `product`) a sample, on average. */
  readonly nfe: number;
}

/**
 * ln p(x0) of a diffusion model by its probability flow (Song et al. 2021, eq. 39): the flow carries x0 to the prior while
 * the density changes by the divergence, `ln p(x0) = ln prior(x_T) + ∫ div`.
 *
 * Adaptive Dormand–Prince in ln(sigma/alpha), one equation for all processes, each sample by itself. Deterministic.
 *
 * @example logLikelihood({ denoiser, data, process: p, from: p.level(1e-5), to: p.level(1) })
 */
export async function logLikelihood(options: LogLikelihoodOptions): Promise<LogLikelihoodResult> {
  const { denoiser, data, from, to, binWidth = 1, first = 0 } = options;
  const size = sizeOf(denoiser.shape);
  if (!(from.sigma > 0 && to.alpha > 0))
    throw invalid("logLikelihood", "from must hold noise, to signal", JSON.stringify([from, to]));
  if (!(Number.isSafeInteger(first) && first >= 0))
    throw invalid("logLikelihood", "first must be a whole number, 0 or more", first);
  if (!(binWidth > 0)) throw invalid("logLikelihood", "binWidth must be positive", binWidth);
  const likelihoodOf = flowLikelihood(options, size);
  const column = () => new Float64Array(data.length / size);
  const nats = column();
  const error = {
    integration: column(),
    divergence: column(),
    prior: column(),
    truncation: column(),
    total: column(),
  };
  let evaluations = 0;
  for (let n = 0; n < nats.length; n++) {
    const one = await likelihoodOf(data.subarray(n * size, (n + 1) * size), first + n);
    nats[n] = one.nats;
    evaluations += one.evaluations;
    for (const part of ["integration", "divergence", "prior", "truncation"] as const) {
      error[part][n] = one[part];
      error.total[n]! += one[part];
    }
  }
  const bitsPerDim = nats.map((value) => -value / (size * Math.LN2) - Math.log2(binWidth));
  return { nats, bitsPerDim, error, nfe: evaluations / nats.length };
}
