import { SYMMETRIC, type Units } from "@symbreak/core";
import type { SchedulerConfig } from "./diffusers/config.ts";
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
  // The denoiser that a scheduler makes of a network says what the network predicts.
  const read = denoiserOf({ shape, predict: async (x) => x });
  const isEdm = className.startsWith("EDM");
  return {
    shape,
    process: process.spec,
    prediction: read.predicts,
    scaling: isEdm ? { sigmaData: Number(config.sigma_data) } : "vp",
    variance: read.variance,
    units,
    ...(classes && { classes }),
    ...(trainedOn && { trainedOn }),
    scheduler,
  };
}
