import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { invalid } from "@symbreak/core";
import type { Engine } from "../../engines/engine.ts";
import { changedKeys } from "../../run/changed-keys.ts";
import type { ResolvedConfig } from "../../run/config.ts";
import { type RunParts, rateOf } from "../../run/from-config.ts";
import { lossByLevel } from "../../run/loss-by-level.ts";
import { type StepReport, train } from "../../run/train.ts";
import { batches, type TrainingData } from "../../run/training-data.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { CONFIG_FILE } from "./load-config.ts";
import { type LogEntry, openLog } from "./training-log.ts";
import { writeAtomically } from "./write-atomically.ts";

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
  const { step, objective } = parts;
  if (`${data.shape}` !== `${parts.model.shape}`)
    throw invalid(
      "train",
      `the data must have the network's shape [${parts.model.shape}]`,
      data.shape,
    );
  const batch = batches(data, { batch: config.batch, seed: config.seed, flip: config.data.flip });
  await claim(directory, config);
  const checkpoint = await readCheckpoint(directory, parts);
  const from = checkpoint?.step ?? 0;
  const log = await openLog(directory, from);
  const compiled = await engine.compile(step.program, {
    state: step.state,
    parallel: step.parallel,
  });
  try {
    await compiled.load(checkpoint?.state ?? step.initialState(config.seed));
    if (checkpoint?.memory) objective.memory?.load(checkpoint.memory);
    const { description } = compiled;
    options.onStart?.({ step: from, description, engineBefore: checkpoint?.engine });

    let done = from;
    const save = async (): Promise<void> => {
      const memory = objective.memory && Array.from(objective.memory.save());
      const state = await compiled.read();
      await writeCheckpoint(directory, parts, { step: done, state, memory, engine: description });
    };
    const note = noter(config, from, log.write, options.onLog);
    const steps = train({
      engine,
      compiled,
      step,
      objective,
      batch,
      seed: config.seed,
      from,
      steps: config.steps,
    });
    for await (const report of steps) {
      done = report.step;
      const last = done === config.steps;
      const stop = options.stopped?.() ?? false;
      options.onStep?.(report);
      await note(report, last || stop);
      if (last || stop || done % config.every.checkpoint === 0) await save();
      if (options.onSamples && (last || (!stop && done % config.every.samples === 0))) {
        const { parameters, ema } = await compiled.read();
        const weights = { raw: parameters as Float32Array, ema: ema as Float32Array };
        await options.onSamples({ step: done, ...weights });
      }
      if (stop) break;
    }
    return done;
  } finally {
    await compiled.dispose();
  }
}

/** Gathers steps and notes them every so often. */
function noter(
  config: ResolvedConfig,
  from: number,
  write: (entry: LogEntry) => Promise<void>,
  onLog: (entry: LogEntry) => void = () => {},
): (report: StepReport, now: boolean) => Promise<void> {
  const rate = rateOf(config);
  const began = performance.now();
  let [since, first] = [began, from];
  let [loss, norm, levels] = [0, 0, lossByLevel()];
  return async (report, now) => {
    loss += report.loss;
    norm += report.gradientNorm;
    levels.add(report.positions, report.perSample);
    if (!now && report.step % config.every.log !== 0) return;
    const steps = report.step - first;
    const time = performance.now();
    const entry: LogEntry = {
      step: report.step,
      loss: loss / steps,
      lossByLevel: levels.means(),
      gradientNorm: norm / steps,
      rate: rate(report.step - 1),
      imagesPerSecond: (1000 * steps * config.batch) / (time - since),
      seconds: (time - began) / 1000,
    };
    [loss, norm, levels] = [0, 0, lossByLevel()];
    await write(entry);
    onLog(entry);
    [since, first] = [performance.now(), report.step];
  };
}

/** What a run may be continued with changed: how long, and what is written when. */
const FREE = /^(every|samples)\b/;

/** Makes the directory this config's, or finds that it is already. */
async function claim(directory: string, config: ResolvedConfig): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    const file = join(directory, CONFIG_FILE);
    const before = await readFile(file, "utf8").catch(() => undefined);
    const changed = before === undefined ? [] : changedKeys(JSON.parse(before), config);
    const fixed = changed.filter((key) => {
      return !FREE.test(key) && !(key === "steps" && config.optimiser.decay === "none");
    });
    if (fixed.length > 0)
      throw invalid(
        "train",
        `${directory} must be a run of this config; take another directory, or the values of ${CONFIG_FILE} there for`,
        fixed,
      );
    await writeAtomically(file, `${JSON.stringify(config, null, 2)}\n`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`train: ${directory} cannot be written to: ${message}`);
  }
}
