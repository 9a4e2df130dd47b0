import {
  add,
  div,
  mul,
  reshape,
  sigmoid,
  softplus,
  sqrt,
  sub,
  type Tensor,
  tanh,
} from "@symbreak/graph";
import type { Parameters } from "../../model.ts";
import type { Network } from "../objective.ts";
import { sampleMean } from "../squared-error.ts";
import { encoded, reconstruction, type VdmData } from "./decoder.ts";
import type { NoiseSchedule } from "./noise-schedule.ts";

/** How the bound is cut in time, and what the network is told. */
export interface VdmSettings {
  readonly schedule: NoiseSchedule;
  readonly data: VdmData;
  /** Steps of the discrete bound; continuous without. */
  readonly steps: number | undefined;
  /** The network is told the fraction of the way from gamma(0) to gamma(1), times this. */
  readonly timeScale: number;
}

/** The parts of VDM's bound, nats per dimension: [n] each. Their sum is the bound on −ln p(x). */
export interface VdmTerms {
  readonly prior: Tensor;
  readonly reconstruction: Tensor;
  readonly diffusion: Tensor;
  /** The tensors [n] through which the way between the schedule's ends bears on the loss. */
  readonly way: readonly Tensor[];
}

/**
 * Kingma et al. 2021, eqs. 11–19: prior KL at t = 1, reconstruction at t = 0, and the diffusion loss at times t [n],
 * gamma′(t)/2 · (ε − ε̂)², or T/2 · (e^(gamma(t) − gamma(t − 1/T)) − 1) · (ε − ε̂)² in T steps, where t is a multiple of 1/T.
 */
export function vdmTerms(
  network: Network,
  inputs: {
    readonly data: Tensor;
    readonly noise: Tensor;
    readonly decoderNoise: Tensor;
    readonly t: Tensor;
  },
  parameters: Parameters,
  { schedule, data: kind, steps, timeScale }: VdmSettings,
): VdmTerms {
  const { noise, t } = inputs;
  const x = encoded(inputs.data, kind);
  const column = (values: Tensor): Tensor =>
    reshape(values, [-1, ...x.shape.slice(1).map(() => 1)]);
  const { clean, noisy } = schedule.ends(parameters);
  const range = sub(noisy, clean);
  const { fraction, slope } = schedule.shape(parameters, t);
  const gamma = add(mul(fraction, range), clean);
  const z = add(
    mul(x, column(sqrt(sigmoid(mul(gamma, -1))))),
    mul(noise, column(sqrt(sigmoid(gamma)))),
  );
  const error = sub(noise, network(z, mul(fraction, timeScale)));
  const squared = sampleMean(mul(error, error));

  const before = steps && schedule.shape(parameters, sub(t, 1 / steps)).fraction;
  const weight = before ? mul(expm1(mul(sub(fraction, before), range)), steps) : mul(slope, range);
  const variance = sigmoid(noisy);
  const signal = mul(sampleMean(mul(x, x)), sub(1, variance));
  return {
    // −ln variance = softplus(−gamma).
    prior: mul(add(signal, sub(add(variance, softplus(mul(noisy, -1))), 1)), 0.5),
    reconstruction: reconstruction(x, inputs.decoderNoise, clean, kind),
    diffusion: mul(mul(weight, squared), 0.5),
    way: before ? [fraction, before] : [fraction, slope],
  };
}

/** eˣ − 1 with all its digits for small x: 2 tanh(x/2)/(1 − tanh(x/2)). */
function expm1(x: Tensor): Tensor {
  const half = tanh(mul(x, 0.5));
  return div(mul(half, 2), sub(1, half));
}
