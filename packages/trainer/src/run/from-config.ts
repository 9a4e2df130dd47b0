import { discreteSchedule, invalid } from "@symbreak/core";
import type { Model } from "../model.ts";
import {
  type ConfigFile,
  DIFFUSERS_VERSION,
  modelFromConfig,
} from "../models/model-from-config.ts";
import type { Objective } from "../objectives/objective.ts";
import { simple } from "../objectives/simple.ts";
import type { Variance } from "../objectives/variational/bound-terms.ts";
import { hybrid, variationalBound } from "../objectives/variational/variational-bound.ts";
import { adam } from "../optimiser/adam.ts";
import { constantRate, cosineRate, type LearningRate } from "../optimiser/learning-rate.ts";
import { type TrainingStep, trainingStep } from "../step/training-step.ts";
import type { ResolvedConfig } from "./config.ts";

/** The parts of a run. */
export interface RunParts {
  readonly model: Model;
  readonly objective: Objective;
  readonly step: TrainingStep;
  /** `scheduler_config.json` for the trained network. */
  readonly scheduler: ConfigFile;
  /** Steps until the average of the weights has forgotten where it began: 1/(1 − decay). */
  readonly averageMature: number;
}

/** Builds the network, the objective and the step that a config describes. */
export function partsOf(config: ResolvedConfig): RunParts {
  const { className, ...options } = config.model;
  const model = modelFromConfig({ _class_name: className, ...options });
  const [inputs, outputs] = [model.shape[0]!, model.outputShape[0]!];
  const wanted = varianceOf(config) === "learned" ? 2 * inputs : inputs;
  if (outputs !== wanted)
    throw invalid(
      "train",
      `for ${config.objective.name} the model must have ${wanted} output channels`,
      outputs,
    );
  const objective = objectiveOf(config);
  const { rate: _, warmUp, decay, ...adamOptions } = config.optimiser;
  const step = trainingStep({
    model,
    objective,
    optimiser: adam({ ...adamOptions, rate: rateOf(config) }),
    batch: config.batch,
  });
  const averageMature = Math.round(1 / (1 - config.optimiser.average));
  return { model, objective, step, scheduler: schedulerOf(config), averageMature };
}

function objectiveOf({ objective, ...config }: ResolvedConfig): Objective {
  const schedule = discreteSchedule(config.schedule);
  const { name, ...options } = objective;
  switch (name) {
    case "simple":
      return simple({ schedule, ...options });
    case "hybrid":
      return hybrid({ schedule });
    case "bound":
      return variationalBound({ schedule, ...options });
  }
}

function varianceOf({ objective }: ResolvedConfig): Variance {
  if (objective.name === "simple") return "fixedSmall";
  return objective.name === "hybrid" ? "learned" : objective.variance;
}

/** The learning rate of each step, from 0. */
export function rateOf({
  optimiser: { rate, warmUp, decay },
  steps,
}: ResolvedConfig): LearningRate {
  return decay === "cosine" ? cosineRate(rate, { steps, warmUp }) : constantRate(rate, warmUp);
}

const BETA_SCHEDULES = {
  linear: "linear",
  scaledLinear: "scaled_linear",
  cosine: "squaredcos_cap_v2",
  sigmoid: "sigmoid",
} as const;

const VARIANCES = {
  learned: "learned_range",
  fixedSmall: "fixed_small",
  fixedLarge: "fixed_large",
} as const;

function schedulerOf(config: ResolvedConfig): ConfigFile {
  const { schedule, objective, data } = config;
  const prediction = objective.name === "simple" ? objective.prediction : "epsilon";
  return {
    _class_name: "DDPMScheduler",
    _diffusers_version: DIFFUSERS_VERSION,
    num_train_timesteps: schedule.steps,
    beta_start: schedule.betaStart,
    beta_end: schedule.betaEnd,
    beta_schedule: BETA_SCHEDULES[schedule.kind],
    rescale_betas_zero_snr: schedule.zeroTerminalSnr,
    prediction_type: prediction === "v" ? "v_prediction" : prediction,
    variance_type: VARIANCES[varianceOf(config)],
    // Only images in [−1, 1] may be cut off there.
    clip_sample: data.scale === "symmetric",
  };
}
