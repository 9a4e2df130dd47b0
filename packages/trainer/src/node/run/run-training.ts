import { advanced, beginning, type Data, invalid, type Progress } from "@symbreak/core";
import { type DirectoryLock, lockDirectory, sweepPartials } from "@symbreak/files";
import type { Compiled, Engine } from "../../engines/engine.ts";
import type { ResolvedConfig } from "../../run/config.ts";
import { explainMemory } from "../../run/explain-memory.ts";
import type { RunParts } from "../../run/from-config.ts";
import { type StepReport, train } from "../../run/train.ts";
import { batches } from "../../run/training-data.ts";
import { readCheckpoint, restoreCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { checkCheckpoint, claimDirectory } from "./claim-directory.ts";
import { noteSteps } from "./note-steps.ts";
import type { Checkpoint } from "./state-file.ts";
import { type LogEntry, openLog } from "./training-log.ts";

/** A run in a directory. */
export interface RunTrainingOptions {
  readonly config: ResolvedConfig;
  readonly parts: RunParts;
  readonly data: Data;
  readonly directory: string;
  readonly engine: Engine;
  /** Asked after each step: the run saves and ends where it says so. */
  readonly stopped?: () => boolean;
  /** Told what was found damaged, and what is done about it. */
  readonly say?: (text: string) => void;
  /** Once, before the first step: where the run begins, and what runs it. */
  readonly onStart?: (start: {
    step: number;
    description: string;
    engineBefore: string | undefined;
  }) => void;
  /** Steps done and left, of all sittings: `secondsLeft` of it is the time left. */
  readonly onStep?: (report: StepReport, progress: Progress) => void;
  readonly onLog?: (entry: LogEntry) => void;
  /** Every so many steps and at the end: packed weights, raw and averaged. */
  readonly onSamples?: (weights: {
    step: number;
    raw: Float32Array;
    ema: Float32Array;
  }) => Promise<void>;
}

/** Trains, or goes on where the directory's checkpoint stands. Returns the number of steps done. */
export async function runTraining(options: RunTrainingOptions): Promise<number> {
  const { config, parts, data, directory, say } = options;
  if (`${data.shape}` !== `${parts.model.shape}`)
    throw invalid(
      "train",
      `the data must have the network's shape [${parts.model.shape}]`,
      data.shape,
    );
  checkLabels(data, parts.classes);
  const lock = await lockDirectory(directory, { ...(say && { say }) });
  try {
    await sweepPartials(directory, 0);
    await claimDirectory(directory, config);
    const checkpoint = await readCheckpoint(directory, parts, say);
    if (checkpoint !== undefined) {
      checkCheckpoint(directory, checkpoint.config, config);
      await restoreCheckpoint(directory, parts, checkpoint, say);
      if (checkpoint.step >= config.steps) return checkpoint.step;
    }
    return await compiledRun(options, checkpoint, lock);
  } finally {
    await lock.release();
  }
}

async function compiledRun(
  options: RunTrainingOptions,
  checkpoint: Checkpoint | undefined,
  lock: DirectoryLock,
): Promise<number> {
  const { program, state, parallel } = options.parts.step;
  let compiled: Compiled | undefined;
  try {
    compiled = await options.engine.compile(program, { state, parallel });
    return await loop(options, compiled, checkpoint, lock);
  } catch (error) {
    throw explainMemory(error, options.config.batch);
  } finally {
    await compiled?.dispose();
  }
}

/** A label beyond the classes would count as none at all: a loss of zero. */
function checkLabels({ labels }: Data, classes: number | undefined): void {
  if (classes === undefined) return;
  if (labels === undefined)
    throw invalid("train", "for a network with classes the data must have labels", labels);
  for (let i = 0; i < labels.length; i++)
    if (!(labels[i]! >= 0 && labels[i]! < classes))
      throw invalid("train", `labels must lie below the network's ${classes} classes`, labels[i]);
}

async function loop(
  { config, parts, data, directory, engine, ...on }: RunTrainingOptions,
  compiled: Compiled,
  checkpoint: Checkpoint | undefined,
  lock: DirectoryLock,
): Promise<number> {
  const { step, objective } = parts;
  const { seed, steps, every } = config;
  const { description } = compiled;
  const batch = batches(data, { batch: config.batch, seed, flip: config.data.flip });
  await compiled.load(checkpoint?.state ?? step.initialState(seed));
  if (checkpoint?.memory) objective.memory?.load(checkpoint.memory);
  let done = checkpoint?.step ?? 0;
  const log = await openLog(directory, done);
  let progress: Progress = { ...paceOf(log.before, config), done };
  const note = noteSteps(config, done, async (entry) => {
    await log.write(entry);
    on.onLog?.(entry);
  });
  on.onStart?.({ step: done, description, engineBefore: checkpoint?.engine });

  const from = done;
  for await (const report of train({
    engine,
    compiled,
    step,
    objective,
    batch,
    seed,
    from,
    steps,
  })) {
    done = report.step;
    const last = done === steps;
    const stop = on.stopped?.() ?? false;
    progress = advanced(progress, 1, report.milliseconds / 1000);
    on.onStep?.(report, progress);
    await note(report, last || stop);
    if (last || stop || done % every.checkpoint === 0) {
      const memory = objective.memory && Array.from(objective.memory.save());
      const state = await compiled.read();
      const made = { step: done, state, memory, engine: description, config };
      await lock.check();
      await writeCheckpoint(directory, parts, made);
    }
    if (on.onSamples && (last || (!stop && done % every.samples === 0))) {
      const { parameters: raw, ema } = (await compiled.read()) as Record<string, Float32Array>;
      await on.onSamples({ step: done, raw: raw!, ema: ema! });
    }
    if (stop) break;
  }
  return done;
}

/** What earlier sittings noted of their speed. */
function paceOf(entries: readonly LogEntry[], { steps, batch }: ResolvedConfig): Progress {
  return entries.reduce((progress, { step, imagesPerSecond }) => {
    const more = step - progress.done;
    return more > 0 && imagesPerSecond > 0
      ? advanced(progress, more, (more * batch) / imagesPerSecond)
      : progress;
  }, beginning(steps));
}
