import { discreteSchedule, invalid } from "@symbreak/core";
import type { Model } from "../model.ts";
import {
  type ConfigFile,
  DIFFUSERS_VERSION,
  modelFromConfig,
} from "../models/model-from-config.ts";
import type { Objective } from "../objectives/objective.ts";
import { simple } from "../objectives/simple.ts";
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
  const { prediction, minSnr } = config.objective;
  const schedule = discreteSchedule(config.schedule);
  const objective = simple({ schedule, prediction, ...(minSnr !== undefined && { minSnr }) });
  if (`${model.outputShape}` !== `${model.shape}`)
    throw invalid("train", "model must have as many outputs as inputs", model.outputShape);
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

function schedulerOf({ schedule, objective, data }: ResolvedConfig): ConfigFile {
  const { prediction } = objective;
  return {
    _class_name: "DDPMScheduler",
    _diffusers_version: DIFFUSERS_VERSION,
    num_train_timesteps: schedule.steps,
    beta_start: schedule.betaStart,
    beta_end: schedule.betaEnd,
    beta_schedule: BETA_SCHEDULES[schedule.kind],
    rescale_betas_zero_snr: schedule.zeroTerminalSnr,
    prediction_type: prediction === "v" ? "v_prediction" : prediction,
    variance_type: "fixed_small",
    // Only images in [−1, 1] may be cut off there.
    clip_sample: data.scale === "symmetric",
  };
}
