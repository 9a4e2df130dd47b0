import { join } from "node:path";
import type { ResolvedConfig } from "@symbreak/trainer";
import { type EngineName, parameterCount, partsOf, selectEngine } from "@symbreak/trainer";
import {
  checkDirectory,
  type LogEntry,
  nodeEngines,
  readCheckpoint,
  runTraining,
} from "@symbreak/trainer/node";
import type { Evaluation } from "../network/evaluate-classifier.ts";
import { reading } from "../networks.ts";
import { commandLine, type Outcome } from "../publish.ts";
import { beginningOf, settled } from "./beginning-of.ts";
import { loadTrainingData } from "./load-training-data.ts";
import { sampleGrids } from "./sample-grids.ts";
import { stopRequest } from "./stop-request.ts";
import { testAccuracy } from "./test-accuracy.ts";
import { trainingLines } from "./training-lines.ts";

/** A run as it was asked for. */
export interface TrainRequest {
  readonly config: ResolvedConfig;
  readonly engine: EngineName | undefined;
  readonly providers: readonly string[] | undefined;
  readonly threads: number | undefined;
  readonly out: string | undefined;
  /** Only to go on with a run. */
  readonly resume: boolean;
  readonly dryRun: boolean;
}

/** `ssb train`: loads, trains, shows, and stops when asked to. */
export async function runTrain(request: TrainRequest): Promise<Outcome> {
  const { resume } = request;
  const config = await settled(request.config);
  const directory = request.out ?? join("runs", config.name);
  const lines = trainingLines(config.steps);
  const stop = stopRequest(lines.say);
  await reading(directory, checkDirectory(directory, config));
  const bare = partsOf(config);
  const before = await reading(directory, readCheckpoint(directory, bare));
  if (resume && before === undefined)
    throw new Error(`train: ${directory} must hold a checkpoint to go on from (--resume)`);
  const { data, description } = await loadTrainingData(config.data);
  lines.say(`data: ${description}`);
  // Building a step takes a while: only a network that begins with what is known already needs it again.
  const begins = before ? undefined : await beginningOf(config, data);
  const parts = begins ? partsOf(config, begins) : bare;
  const parameters = parameterCount(parts.model);
  lines.say(`network: ${parts.model.className}, ${parameters.toLocaleString("en")} parameters`);
  const { threads, providers } = request;
  const engine = await selectEngine(nodeEngines, {
    engine: request.engine,
    log: lines.say,
    ...(threads !== undefined && { threads }),
    ...(providers !== undefined && { providers }),
  });
  try {
    if (request.dryRun) {
      const from = before?.step ?? 0;
      const plan = { directory, from, steps: config.steps, parameters, engine: engine.description };
      const result = { config, ...plan };
      return { result, text: `${JSON.stringify(result, null, 2)}\n`, directory: null };
    }
    const { count, steps } = config.samples;
    const grids =
      count > 0
        ? sampleGrids({ engine, parts, units: data.units, directory, count, steps })
        : undefined;
    if (count > 0 && grids === undefined) lines.say("samples: none, a classifier draws no images");
    let last: LogEntry | undefined;
    const done = await runTraining({
      config,
      parts,
      data,
      directory,
      engine,
      stopped: stop.asked,
      say: lines.say,
      onStart: ({ step, description: runner, engineBefore }) => {
        lines.say(`runs on: ${runner}`);
        if (step > 0) lines.say(`goes on from step ${step} in ${directory}`);
        if (engineBefore !== undefined && engineBefore !== runner)
          lines.say(`note: so far it ran on ${engineBefore}; the last digits may differ`);
      },
      onStep: lines.step,
      onLog: (entry) => {
        last = entry;
        lines.log(entry);
      },
      ...(grids && {
        onSamples: async (weights) => {
          const files = await grids.draw(weights);
          const young = weights.step < parts.averageMature;
          const note = young
            ? ` (the average is young: it needs ${parts.averageMature} steps)`
            : "";
          lines.say(`samples: ${files.join(", ")}${note}`);
        },
      }),
    });
    const evaluation =
      done < config.steps ? undefined : await testAccuracy(directory, config, data.units);
    const result = { directory, step: done, steps: config.steps, loss: last?.loss, evaluation };
    const stopped = done < config.steps;
    const toGoOn = `go on with: ${commandLine(process.argv.slice(2))}`;
    return {
      result,
      text: stopped ? "" : `Trained ${done} steps: ${directory}\n${judged(evaluation)}`,
      directory: null,
      ...(stopped && {
        unfinished: `stopped after step ${done} of ${config.steps}, saved in ${directory}; ${toGoOn}`,
      }),
    };
  } finally {
    stop.release();
    await engine.dispose();
  }
}

/** What a classifier is worth, in a line. */
function judged(evaluation: Evaluation | undefined): string {
  if (evaluation === undefined) return "";
  const { accuracy, loss, data } = evaluation;
  return `Not trained on: ${data}. Named right: ${(100 * accuracy).toFixed(2)} %, cross-entropy ${loss.toFixed(4)} nats\n`;
}
