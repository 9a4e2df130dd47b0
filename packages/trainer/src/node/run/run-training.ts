import { invalid } from "@symbreak/core";
import type { Compiled, Engine } from "../../engines/engine.ts";
import type { ResolvedConfig } from "../../run/config.ts";
import { explainMemory } from "../../run/explain-memory.ts";
import type { RunParts } from "../../run/from-config.ts";
import { type StepReport, train } from "../../run/train.ts";
import { batches, type TrainingData } from "../../run/training-data.ts";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { claimDirectory } from "./claim-directory.ts";
import { noteSteps } from "./note-steps.ts";
import { type LogEntry, openLog } from "./training-log.ts";

/** A run in a directory. */
export interface RunTrainingOptions {
  readonly config: ResolvedConfig;
  readonly parts: RunParts;
  readonly data: TrainingData;
  readonly directory: string;
  readonly engine: Engine;
  /** Asked after each step: the run saves and ends where it says so. */
  readonly stopped?: () => boolean;
  /** Once, before the first step: where the run begins, and what runs it. */
  readonly onStart?: (start: {
    step: number;
    description: string;
    engineBefore: string | undefined;
  }) => void;
  readonly onStep?: (report: StepReport) => void;
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
  const { config, parts, data, directory, engine } = options;
  const { program, state, parallel } = parts.step;
  if (`${data.shape}` !== `${parts.model.shape}`)
    throw invalid(
      "train",
      `the data must have the network's shape [${parts.model.shape}]`,
      data.shape,
    );
  checkLabels(data, parts.classes);
  await claimDirectory(directory, config);
  const checkpoint = await readCheckpoint(directory, parts);
  if (checkpoint !== undefined && checkpoint.step >= config.steps) return checkpoint.step;
  let compiled: Compiled | undefined;
  try {
    compiled = await engine.compile(program, { state, parallel });
    return await loop(options, compiled, checkpoint);
  } catch (error) {
    throw explainMemory(error, config.batch);
  } finally {
    await compiled?.dispose();
  }
}

/** A label beyond the classes would count as none at all: a loss of zero. */
function checkLabels({ labels }: TrainingData, classes: number | undefined): void {
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
): Promise<number> {
  const { step, objective } = parts;
  const { seed, steps, every } = config;
  const { description } = compiled;
  const batch = batches(data, { batch: config.batch, seed, flip: config.data.flip });
  await compiled.load(checkpoint?.state ?? step.initialState(seed));
  if (checkpoint?.memory) objective.memory?.load(checkpoint.memory);
  let done = checkpoint?.step ?? 0;
  const log = await openLog(directory, done);
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
    on.onStep?.(report);
    await note(report, last || stop);
    if (last || stop || done % every.checkpoint === 0) {
      const memory = objective.memory && Array.from(objective.memory.save());
      const state = await compiled.read();
      await writeCheckpoint(directory, parts, { step: done, state, memory, engine: description });
    }
    if (on.onSamples && (last || (!stop && done % every.samples === 0))) {
      const { parameters: raw, ema } = (await compiled.read()) as Record<string, Float32Array>;
      await on.onSamples({ step: done, raw: raw!, ema: ema! });
    }
    if (stop) break;
  }
  return done;
}
