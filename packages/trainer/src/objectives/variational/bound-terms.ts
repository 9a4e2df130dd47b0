import {
  add,
  exp,
  greater,
  mul,
  reshape,
  split,
  stopGradient,
  sub,
  type Tensor,
  where,
} from "@symbreak/graph";
import { sampleMean } from "../squared-error.ts";
import { discretisedGaussian } from "./discretised-gaussian.ts";

/** How the variance of p(x_{t−1} | x_t) is had: from the network, or fixed at β̃ or at β (at time 0 at β̃ of time 1). */
export type Variance = "learned" | "fixedSmall" | "fixedLarge";

/** What a term of the bound is made of: tensors [n, ...shape], and numbers [n] of each sample's time. */
export interface BoundInputs {
  /** x_0 and the noise in x_t. */
  readonly data: Tensor;
  readonly noise: Tensor;
  /** As in `Posterior`. */
  readonly meanPerNoise: Tensor;
  readonly logSmall: Tensor;
  readonly logLarge: Tensor;
  /** 1 at time 0, else 0. */
  readonly first: Tensor;
}

/**
 * Each sample's term of the variational bound, bits per dimension: [n] (Ho et al. 2020, eq. 5; Nichol & Dhariwal 2021, eqs. 4–7).
 *
 * For t > 0 the KL divergence of q(x_{t−1} | x_t, x_0) from p(x_{t−1} | x_t); for t = 0 the decoder's −ln p(x_0 | x_1)
 * over 256 values on [−1, 1]. `output` is the network's; with a learned variance half of its channels are the fraction
 * v of ln σ² = ln β̃ + (v + 1)/2 · (ln β − ln β̃).
 */
export function boundTerms(
  output: Tensor,
  inputs: BoundInputs,
  { variance, stopMean = false }: { variance: Variance; stopMean?: boolean },
): Tensor {
  const { data, noise } = inputs;
  const column = (x: Tensor): Tensor => reshape(x, [-1, ...data.shape.slice(1).map(() => 1)]);
  const small = column(inputs.logSmall);
  const large = column(inputs.logLarge);
  const first = greater(column(inputs.first), 0.5);
  const { predicted, fraction } = halves(output, variance);
  const mean = stopMean ? stopGradient(predicted) : predicted;
  const logVariance = fraction
    ? add(small, mul(mul(add(fraction, 1), 0.5), sub(large, small)))
    : add(mul(noise, 0), variance === "fixedSmall" ? small : where(first, small, large));
  // The mean of p less the mean of q; at time 0 the mean of q is x_0.
  const mistake = mul(sub(noise, mean), column(inputs.meanPerNoise));
  const divergence = mul(
    add(
      sub(sub(logVariance, small), 1),
      add(exp(sub(small, logVariance)), mul(mul(mistake, mistake), exp(mul(logVariance, -1)))),
    ),
    0.5,
  );
  const decoder = mul(discretisedGaussian(data, mul(mistake, -1), logVariance), -1);
  return mul(sampleMean(where(first, decoder, divergence)), 1 / Math.LN2);
}

/** The noise that a network predicts, and the fraction that stands for its variance where that is learned. */
export function halves(
  output: Tensor,
  variance: Variance,
): { readonly predicted: Tensor; readonly fraction?: Tensor } {
  if (variance !== "learned") return { predicted: output };
  const channels = output.shape[1]! / 2;
  const [predicted, fraction] = split(output, [channels, channels], 1) as [Tensor, Tensor];
  return { predicted, fraction };
}
