import { discreteSchedule, invalid, type Moments } from "@symbreak/core";
import type { Weights } from "../diffusers/weights.ts";
import type { Model } from "../model.ts";
import { begunWith, CLASSES } from "../models/begun-with.ts";
import { type ConfigFile, DIFFUSERS_VERSION } from "../models/config-file.ts";
import { modelFromConfig } from "../models/model-from-config.ts";
import type { Variance } from "../objectives/variational/bound-terms.ts";
import { adam, type Optimiser } from "../optimiser/adam.ts";
import { constantRate, type LearningRate, restartedRate } from "../optimiser/learning-rate.ts";
import { type TrainingStep, trainingStep } from "../step/training-step.ts";
import type { ResolvedConfig } from "./config.ts";
import { needsLateTimes } from "./late-times.ts";
import { dropLabelsOf, noClassOf } from "./no-class.ts";
import type { ObjectiveConfig } from "./objective-config.ts";
import { type Purpose, purposeOf } from "./objective-kinds.ts";

/** The parts of a run. */
export interface RunParts extends Omit<Purpose, "variance"> {
  readonly model: Model;
  readonly step: TrainingStep;
  /** `scheduler_config.json` for a network that denoises in discrete time; diffusers has no words for the others. */
  readonly scheduler?: ConfigFile;
  /** Classes of a classifier or a conditional network: labels of the data lie below. */
  readonly classes?: number;
  /** Steps until the average of the weights has forgotten where it began: 1/(1 − decay). */
  readonly averageMature: number;
}

/** What a run's first step needs to know; one that goes on from a checkpoint has it there. */
export interface Beginning {
  /** Of the training data, in the network's units, for a `GaussianSkip`. */
  readonly moments?: Moments;
  /** Of the network that `config.begin` names. */
  readonly weights?: Weights;
}

/** Builds the network, the objective and the step that a config describes. */
export function partsOf(config: ResolvedConfig, { moments, weights }: Beginning = {}): RunParts {
  const { className, ...options } = config.model;
  const { alphaBars } = discreteSchedule(config.schedule);
  const tables = moments && { moments, alphaBars };
  const below = belowOf(config);
  const cut = below === undefined ? {} : { below };
  const bare = modelFromConfig(
    { _class_name: className, ...wavesOf(config), ...options, ...cut },
    tables,
  );
  const begun = weights ? begunWith(bare, weights) : bare;
  const { classRate } = config.optimiser;
  const model = classRate === undefined ? begun : withClassRate(begun, classRate);
  const { variance, ...purpose } = purposeOf(config);
  checkOutput(model, config.objective, variance);
  checkSkip(model, purpose, variance);
  const dropLabels = dropLabelsOf(config);
  const step = trainingStep({
    model,
    dropLabels,
    objective: purpose.objective,
    optimiser: optimiserOf(config),
    batch: config.batch,
  });
  const isClassifier = config.objective.name === "classification";
  const classes = isClassifier ? model.outputShape[0]! : (noClassOf(config, model) ?? model.labels);
  return {
    model,
    ...purpose,
    step,
    ...(variance && { scheduler: schedulerOf(config, variance) }),
    ...(classes !== undefined && { classes }),
    averageMature: Math.round(1 / (1 - config.optimiser.average)),
  };
}

function optimiserOf(config: ResolvedConfig): Optimiser {
  const { classRate: _, ...optimiser } = config.optimiser;
  return adam({ ...optimiser, rate: rateOf(config) });
}

function withClassRate(model: Model, rate: number): Model {
  if (!model.parameters.some(({ name }) => name === CLASSES))
    throw invalid("train", "optimiser.classRate is for a network with a table of classes", rate);
  const parameters = model.parameters.map((spec) =>
    spec.name === CLASSES ? { ...spec, rate } : spec,
  );
  return { ...model, parameters };
}

/** A likelihood of bytes needs their last bits: VDM's networks see fast waves of the input unless told otherwise. */
function wavesOf({ objective, model }: ResolvedConfig): { inputWaves?: readonly number[] } {
  const isVdm = objective.name === "vdm" && objective.data === "bytes";
  return isVdm && model.className === "SmallUNet" ? { inputWaves: [7, 8] } : {};
}

/** Where the times end that a run trains, of one that does not train all. */
function belowOf(config: ResolvedConfig): number | undefined {
  const { objective, model } = config;
  if (objective.name !== "simple" || objective.times === undefined) return undefined;
  if (needsLateTimes(config))
    throw invalid("train", "objective.times must be worked out by withLateTimes", objective.times);
  const { below } = objective.times;
  if (below !== undefined && model.className !== "GaussianSkip") {
    const rule = "to train below a level the network must be a GaussianSkip, which answers above";
    throw invalid("train", rule, model.className);
  }
  return below;
}

/** A network of another purpose: logits for a denoiser, images for a classifier, no room for a learned variance. */
function checkOutput(
  { shape, outputShape }: Model,
  { name }: ObjectiveConfig,
  variance: Variance | undefined,
): void {
  if (name === "classification") {
    if (outputShape.length !== 1 || outputShape[0]! < 2)
      throw invalid(
        "train",
        "for classification the model must give logits, [classes]",
        outputShape,
      );
    return;
  }
  const wanted = variance === "learned" ? 2 * shape[0]! : shape[0]!;
  if (outputShape[0] !== wanted || outputShape.length !== shape.length)
    throw invalid(
      "train",
      `for ${name} the model must have ${wanted} output channels`,
      outputShape[0],
    );
}

/** A `GaussianSkip` reads its timesteps as indices of the run's schedule and gives epsilon: nothing else may be asked of it. */
function checkSkip(
  { className }: Model,
  { objective }: Pick<Purpose, "objective">,
  variance: Variance | undefined,
): void {
  const fits = variance !== undefined && objective.prediction === "epsilon";
  if (className === "GaussianSkip" && !fits)
    throw invalid(
      "train",
      "a GaussianSkip must be trained in discrete time, to predict epsilon",
      objective.name,
    );
}

/** The learning rate of each step, from 0. */
export function rateOf({
  optimiser: { rate, warmUp, decay, restarts },
  steps,
}: ResolvedConfig): LearningRate {
  return decay === "cosine"
    ? restartedRate(rate, { steps, warmUp, restarts })
    : constantRate(rate, warmUp);
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

function schedulerOf(config: ResolvedConfig, variance: Variance): ConfigFile {
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
    variance_type: VARIANCES[variance],
    // Only images in [−1, 1] may be cut off there.
    clip_sample: data.scale === "symmetric",
  };
}
