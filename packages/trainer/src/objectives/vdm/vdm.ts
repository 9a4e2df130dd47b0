import { invalid } from "@symbreak/core";
import { add, gradients, mean, mul, type Tensor, vjp } from "@symbreak/graph";
import type { Parameters } from "../../model.ts";
import type { Batch, Loss, Network, Objective, Prepared } from "../objective.ts";
import { type StepRandom, stratified } from "../step-random.ts";
import type { VdmData } from "./decoder.ts";
import { fixedLinear, type NoiseSchedule } from "./noise-schedule.ts";
import { type VdmSettings, vdmTerms } from "./vdm-terms.ts";

/** Settings of {@link variationalDiffusion}. */
export interface VariationalDiffusionOptions {
  /** `fixedLinear()` by default; `learnedLinear()`, `learnedMonotone()`. */
  readonly schedule?: NoiseSchedule;
  /** Default "bytes": 8-bit values scaled to [−1, 1]. "real" for points. */
  readonly data?: VdmData;
  /** Steps of the discrete-time bound. Without, time is continuous. */
  readonly steps?: number;
  /** The network is told t's fraction of the way from gamma(0) to gamma(1), times this. Default 1. */
  readonly timeScale?: number;
}

/**
 * VDM's bound on −log₂ p(x), bits per dimension: prior, reconstruction and diffusion loss (Kingma et al. 2021). The
 * network predicts the noise, and a schedule that is learned is trained beside it.
 *
 * The ends of a learned schedule follow the bound. What lies between leaves the continuous bound as it is, and follows
 * the gradient of the mean of the squared diffusion loss, so that its estimates vary least (their appendix I.2). No
 * second backward pass is needed: ∂(L_i²) = 2 L_i ∂L_i.
 */
export function variationalDiffusion(options: VariationalDiffusionOptions = {}): Objective {
  const { schedule = fixedLinear(), data = "bytes", steps, timeScale = 1 } = options;
  if (steps !== undefined && !(Number.isInteger(steps) && steps > 0))
    throw invalid("variationalDiffusion", "steps must be a positive whole number", steps);
  const settings: VdmSettings = { schedule, data, steps, timeScale };
  const time = steps === undefined ? "continuous time" : `${steps} steps`;
  return {
    name: `variational diffusion, ${schedule.name}, ${time}`,
    prediction: "epsilon",
    parameters: schedule.parameters,
    inputs: (shape) => ({
      data: { shape },
      noise: { shape },
      decoderNoise: { shape },
      t: { shape: [] },
    }),
    loss: (network, inputs, parameters) => loss(network, inputs, parameters, settings),
    prepare: (batch, random) => prepare(batch, random, steps),
  };
}

function loss(
  network: Network,
  { data, noise, decoderNoise, t }: Readonly<Record<string, Tensor>>,
  parameters: Parameters,
  settings: VdmSettings,
): Loss {
  const inputs = { data: data!, noise: noise!, decoderNoise: decoderNoise!, t: t! };
  const terms = vdmTerms(network, inputs, parameters, settings);
  const { prior, reconstruction, diffusion, way } = terms;
  const perSample = mul(add(add(prior, reconstruction), diffusion), 1 / Math.LN2);
  const total = mean(perSample);
  const { bends } = settings.schedule;
  if (bends.length === 0) return { loss: total, perSample };
  const twice = mul(diffusion, 2 / Math.LN2);
  const cotangents = gradients(total, way).map((slope) => mul(slope, twice));
  const wrt = bends.map((name) => parameters[name]!);
  const own = vjp(way, wrt, cotangents).map((g, i) => [bends[i]!, g] as const);
  return { loss: total, perSample, gradients: Object.fromEntries(own) };
}

function prepare({ data, count }: Batch, random: StepRandom, steps: number | undefined): Prepared {
  const size = data.length / count;
  const positions = stratified(random, count);
  const noise = new Float32Array(data.length);
  const decoderNoise = new Float32Array(data.length);
  random.normal(noise, size, "noise");
  random.normal(decoderNoise, size, "decoder");
  const t = Float32Array.from(positions, (u) => (steps ? (Math.floor(u * steps) + 1) / steps : u));
  return { feeds: { data, noise, decoderNoise, t }, positions };
}
