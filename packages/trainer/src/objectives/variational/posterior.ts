import { type DiscreteSchedule, invalid } from "@symbreak/core";

/** The Gaussian q(x_{t−1} | x_t, x_0) of every time of a chain: what the network's p(x_{t−1} | x_t) is held against. */
export interface Posterior {
  /** How far a mistake of 1 in the noise moves the mean: β/(√α √(1 − ᾱ)). */
  readonly meanPerNoise: Float64Array;
  /** ln β̃, with the zero variance of time 0 replaced by that of time 1: the variance of q, and the least a network may give. */
  readonly logSmall: Float64Array;
  /** ln β: the most that a network may give. */
  readonly logLarge: Float64Array;
}

/** Ho et al. 2020, eqs. 6–7 and 11. */
export function posterior({ alphaBars, betas, steps }: DiscreteSchedule): Posterior {
  if (steps < 2) throw invalid("posterior", "the schedule must have at least two steps", steps);
  if (!(alphaBars[steps - 1]! > 0))
    throw invalid("posterior", "the last alphaBar must be positive: noise is predicted", 0);
  const meanPerNoise = betas.map((beta, t) => beta / Math.sqrt((1 - beta) * (1 - alphaBars[t]!)));
  const logSmall = betas.map((_, t) => {
    const s = Math.max(t, 1);
    return Math.log((betas[s]! * (1 - alphaBars[s - 1]!)) / (1 - alphaBars[s]!));
  });
  return { meanPerNoise, logSmall, logLarge: betas.map(Math.log) };
}

/** The KL divergence of q(x_T | x_0) from N(0, I), nats, for a value of x_0; it adds over values. */
export function priorDivergence({ alphaBars }: DiscreteSchedule, value: number): number {
  const alphaBar = alphaBars.at(-1)!;
  return 0.5 * (alphaBar * value * value - alphaBar - Math.log1p(-alphaBar));
}
