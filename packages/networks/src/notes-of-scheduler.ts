import { invalid, SYMMETRIC, type Units } from "@symbreak/core";
import type { SchedulerConfig } from "./diffusers/config.ts";
import type { SchedulerClass } from "./diffusers/defaults.ts";
import { fromSchedulerConfig } from "./diffusers/from-scheduler-config.ts";
import type { NetworkNotes } from "./network-notes.ts";

/** What a scheduler config says of the network beside it. */
export interface SchedulerSubject {
  readonly shape: readonly number[];
  /** Default: images in [−1, 1], as diffusers' own pipelines take them. */
  readonly units?: Units | undefined;
  readonly classes?: NetworkNotes["classes"];
  readonly trainedOn?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The notes of a network that a diffusers scheduler belongs to.
 *
 * @throws RangeError naming the class, for a scheduler that we do not sample with
 */
export function notesOfScheduler(
  scheduler: SchedulerConfig,
  { shape, units = SYMMETRIC, classes, trainedOn }: SchedulerSubject,
): NetworkNotes {
  const { process, denoiserOf, className, config } = fromSchedulerConfig(scheduler);
  if (className === "DDIMInverseScheduler")
    throw invalid(
      "notesOfScheduler",
      "a network's scheduler must lead from noise to data",
      className,
    );
  // The denoiser that a scheduler makes of a network says what the network predicts.
  const read = denoiserOf({ shape, predict: async (x) => x });
  return {
    shape,
    process: process.spec,
    prediction: read.predicts,
    scaling: process.name === "flow" ? "none" : scalingOf(className, config),
    variance: read.variance,
    units,
    ...(classes && { classes }),
    ...(trainedOn && { trainedOn }),
    scheduler,
  };
}

/** EDM's networks are preconditioned, the others see a variance-preserving x. */
function scalingOf(className: SchedulerClass, config: SchedulerConfig): NetworkNotes["scaling"] {
  if (className.startsWith("EDM")) {
    const negative = config.prediction_type === "v_prediction";
    return { sigmaData: Number(config.sigma_data), ...(negative && { negative }) };
  }
  return "vp";
}
