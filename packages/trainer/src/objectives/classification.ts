import { CLEAN, type DiscreteSchedule, invalid, levelAt } from "@symbreak/core";
import {
  add,
  less,
  logSoftmax,
  mean,
  mul,
  oneHot,
  relu,
  reshape,
  sum,
  type Tensor,
  where,
} from "@symbreak/graph";
import type { Batch, Objective, Prepared } from "./objective.ts";
import { type StepRandom, stratified } from "./step-random.ts";

/** Settings of {@link classification}. */
export interface ClassificationOptions {
  /** Noises the inputs to uniform times, for a classifier that guides; without it inputs are clean and times −1. */
  readonly schedule?: DiscreteSchedule;
}

/** The cross-entropy of a classifier, nats, on noised inputs (Dhariwal & Nichol 2021) or on clean ones. */
export function classification({ schedule }: ClassificationOptions = {}): Objective {
  return {
    name: schedule ? "classification of noised samples" : "classification",
    inputs: (shape) => ({
      x: { shape },
      timestep: { shape: [] },
      labels: { shape: [], dtype: "int32" },
    }),
    loss: (network, { x, timestep, labels }) => {
      const logits = network(x!, timestep!);
      const hit = oneHot(labels!, logits.shape[1]!);
      const perSample = mul(sum(mul(logSoftmax(logits), hit), [1]), -1);
      return { loss: mean(perSample), perSample, correct: correct(logits, hit) };
    },
    prepare: (batch, random) => prepare(batch, random, schedule),
  };
}

/** 1 where the logits of all other classes are below that of the label, so that a draw is no hit; else 0. */
function correct(logits: Tensor, hit: Tensor): Tensor {
  const own = reshape(sum(mul(logits, hit), [1]), [-1, 1]);
  const below = sum(where(less(logits, own), 1, 0), [1]);
  return relu(add(below, 2 - logits.shape[1]!));
}

function prepare(
  { data, count, labels }: Batch,
  random: StepRandom,
  schedule: DiscreteSchedule | undefined,
): Prepared {
  if (labels?.length !== count)
    throw invalid("classification", `the batch must have ${count} labels`, labels?.length);
  const size = data.length / count;
  const timestep = new Float32Array(count).fill(CLEAN.timestep);
  if (!schedule) return { feeds: { x: data, timestep, labels }, positions: new Float64Array(0) };
  const positions = stratified(random, count);
  const x = new Float32Array(data.length);
  random.normal(x, size, "noise");
  for (let i = 0; i < count; i++) {
    const level = levelAt(schedule, Math.floor(positions[i]! * schedule.steps));
    for (let j = i * size; j < (i + 1) * size; j++)
      x[j] = level.alpha * data[j]! + level.sigma * x[j]!;
    timestep[i] = level.timestep;
  }
  return { feeds: { x, timestep, labels }, positions };
}
