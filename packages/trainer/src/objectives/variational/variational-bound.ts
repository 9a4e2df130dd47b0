import { type DiscreteSchedule, invalid, levelAt } from "@symbreak/core";
import { add, mean, mul, sub, type Tensor } from "@symbreak/graph";
import { importanceMemory, importanceTimes } from "../importance-times.ts";
import type { Batch, Loss, Network, Objective, Prepared } from "../objective.ts";
import { sampleMean } from "../squared-error.ts";
import { type StepRandom, stratified } from "../step-random.ts";
import { boundTerms, halves, type Variance } from "./bound-terms.ts";
import { posterior } from "./posterior.ts";

/** Settings of {@link variationalBound}. */
export interface VariationalBoundOptions {
  readonly schedule: DiscreteSchedule;
  /** Default "learned": a network with twice the channels, the second half for the variance. */
  readonly variance?: Variance;
  /** Whether times are drawn by the size of their terms; uniform by default. */
  readonly importance?: boolean;
}

/** An objective whose noised batch can be had at chosen times too. */
export interface BoundObjective extends Objective {
  readonly schedule: DiscreteSchedule;
  /** The feeds of a batch at the given times, one a sample, all of weight 1. */
  prepareAt(batch: Batch, times: ArrayLike<number>, random: StepRandom): Prepared;
}

/**
 * L_vlb, the variational bound in bits per dimension without its constant prior term: T times the term of a random
 * time (Ho et al. 2020, eq. 5). For 8-bit data scaled to [−1, 1]. The network predicts the noise.
 */
export function variationalBound(options: VariationalBoundOptions): BoundObjective {
  const { variance = "learned", importance = false, schedule } = options;
  return boundObjective(
    `variational bound, ${variance} variance${importance ? ", importance-sampled times" : ""}`,
    (network, inputs) => {
      const output = outputOf(network, inputs, variance);
      return mul(boundTerms(output, boundInputs(inputs), { variance }), schedule.steps);
    },
    { schedule, importance },
  );
}

/**
 * L_hybrid = L_simple + 0.001 · L_vlb (Nichol & Dhariwal 2021, eq. 16), L_vlb in bits per dimension with the mean's gradient
 * stopped: it trains the learned variance, and L_simple the noise.
 */
export function hybrid({ schedule }: { readonly schedule: DiscreteSchedule }): BoundObjective {
  return boundObjective(
    "hybrid",
    (network, inputs) => {
      const output = outputOf(network, inputs, "learned");
      const error = sub(halves(output, "learned").predicted, inputs.noise!);
      const settings = { variance: "learned", stopMean: true } as const;
      const bound = mul(boundTerms(output, boundInputs(inputs), settings), 0.001 * schedule.steps);
      return add(sampleMean(mul(error, error)), bound);
    },
    { schedule, importance: false },
  );
}

function boundObjective(
  name: string,
  perSampleOf: (network: Network, inputs: Readonly<Record<string, Tensor>>) => Tensor,
  { schedule, importance }: { schedule: DiscreteSchedule; importance: boolean },
): BoundObjective {
  const { steps } = schedule;
  const table = posterior(schedule);
  const times = importance ? importanceTimes(steps) : undefined;

  const prepareAt: BoundObjective["prepareAt"] = ({ data, count }, indices, random) => {
    const size = data.length / count;
    const noise = new Float32Array(data.length);
    random.normal(noise, size, "noise");
    const x = new Float32Array(data.length);
    const timestep = Float32Array.from(indices);
    for (let i = 0; i < count; i++) {
      const { alpha, sigma } = levelAt(schedule, timestep[i]!);
      for (let j = i * size; j < (i + 1) * size; j++) x[j] = alpha * data[j]! + sigma * noise[j]!;
    }
    const meanPerNoise = timestep.map((t) => table.meanPerNoise[t]!);
    const logSmall = timestep.map((t) => table.logSmall[t]!);
    const logLarge = timestep.map((t) => table.logLarge[t]!);
    const first = timestep.map((t) => (t === 0 ? 1 : 0));
    const weight = new Float32Array(count).fill(1);
    const feeds = { x, data, noise, timestep, meanPerNoise, logSmall, logLarge, first, weight };
    return { feeds, positions: Float64Array.from(timestep, (t) => (t + 0.5) / steps) };
  };

  return {
    name,
    schedule,
    prediction: "epsilon",
    inputs: (shape) => ({
      x: { shape },
      data: { shape },
      noise: { shape },
      ...Object.fromEntries(NUMBERS.map((number) => [number, { shape: [] }])),
    }),
    loss: (network, inputs): Loss => {
      const perSample = perSampleOf(network, inputs);
      return { loss: mean(mul(perSample, inputs.weight!)), perSample };
    },
    prepareAt,
    prepare: (batch, random) => {
      const fractions = stratified(random, batch.count);
      const drawn = Array.from(fractions, (u) =>
        times ? times.draw(u) : { index: Math.floor(u * steps), weight: 1 },
      );
      const indices = drawn.map(({ index }) => index);
      const prepared = prepareAt(batch, indices, random);
      const weight = Float32Array.from(drawn, (draw) => draw.weight);
      return { ...prepared, feeds: { ...prepared.feeds, weight } };
    },
    ...(times && { memory: importanceMemory(times) }),
  };
}

/** The inputs with one number for each sample. */
const NUMBERS = ["timestep", "meanPerNoise", "logSmall", "logLarge", "first", "weight"] as const;

function boundInputs(inputs: Readonly<Record<string, Tensor>>): Parameters<typeof boundTerms>[1] {
  const { data, noise, meanPerNoise, logSmall, logLarge, first } = inputs;
  return {
    data: data!,
    noise: noise!,
    meanPerNoise: meanPerNoise!,
    logSmall: logSmall!,
    logLarge: logLarge!,
    first: first!,
  };
}

function outputOf(
  network: Network,
  { x, timestep, noise }: Readonly<Record<string, Tensor>>,
  variance: Variance,
): Tensor {
  const output = network(x!, timestep!);
  const wanted = noise!.shape[1]! * (variance === "learned" ? 2 : 1);
  if (output.shape[1] === wanted) return output;
  const rule = `with ${variance} variance the network must give ${wanted} channels`;
  throw invalid("variationalBound", rule, output.shape[1]);
}
