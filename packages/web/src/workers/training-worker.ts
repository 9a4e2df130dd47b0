import { levelAt, type Samples, toSample } from "@symbreak/core";
import { type Denoiser, ddim, sample } from "@symbreak/samplers";
import {
  type Compiled,
  type Engine,
  type EngineNetwork,
  engineNetwork,
  lossByLevel,
  type OnnxRuntimeWeb,
  onnxruntimeWebEngine,
} from "@symbreak/trainer";
import { expose, transfer } from "comlink";
import { CHAIN } from "../physics/chain.ts";
import {
  ASKED,
  BATCH,
  batchOf,
  networkOf,
  PARTS,
  PLACES,
  stepOf,
  type TrainingRequest,
  trainedDenoiser,
} from "../physics/training.ts";
import { inWords } from "./in-words.ts";
import { loadOnnxRuntime } from "./onnxruntime.ts";
import type { OnStage } from "./stage.ts";

/** How training goes. */
export interface Progress {
  readonly step: number;
  /** Mean loss since the last report. */
  readonly loss: number;
  /** Mean loss of each part of the way, clean first, since the last report; null where nothing was drawn. */
  readonly parts: readonly (number | null)[];
}

/** What the network makes now. */
export interface Picture {
  readonly step: number;
  readonly samples: Samples;
}

/** Milliseconds between two reports, and between two pictures. */
const [REPORT, PICTURE] = [150, 900];

/** Samples of a picture, and the steps that they are made in. */
const [SAMPLES, STEPS] = [ASKED, 20];

let engine: Promise<Engine> | undefined;
let network: EngineNetwork | undefined;
let compiled: Compiled | undefined;
let denoiser: Denoiser | undefined;

/** The number of the run that goes on; any other has been stopped. */
let current = 0;

const worker = {
  /** Trains from new weights until the steps are done or `stop` is called; the last picture comes with the end. */
  async train(
    request: TrainingRequest,
    onStage: OnStage,
    onProgress: (progress: Progress) => void,
    onPicture: (picture: Picture) => void,
  ): Promise<void> {
    const run = ++current;
    engine ??= open(onStage).catch((error: unknown) => {
      engine = undefined;
      throw inWords(error);
    });
    const step = stepOf(request);
    await release();
    compiled = await (await engine).compile(step.program, step);
    network = await engineNetwork(await engine, networkOf(request), step.layout, ASKED);
    await compiled.load(step.initialState(request.seed));
    const picture = async (at: number) => {
      const { ema } = await compiled!.read();
      denoiser = trainedDenoiser(network!, ema as Float32Array);
      onPicture({ step: at, samples: await samplesOf(denoiser, request.noise) });
    };
    let [reported, pictured] = [performance.now(), performance.now()];
    let [levels, sum, seen] = [lossByLevel(PARTS), 0, 0];
    for (let k = 0; k < request.steps && run === current; k++) {
      const batch = { data: batchOf(request, k), count: BATCH };
      const { feeds, positions } = step.prepare(batch, { seed: request.seed, step: k });
      const { loss, perSample } = await compiled.run(feeds);
      levels.add(positions, perSample!);
      sum += loss![0]!;
      seen++;
      const now = performance.now();
      const last = k === request.steps - 1;
      if (now - reported > REPORT || last) {
        onProgress({ step: k + 1, loss: sum / seen, parts: levels.means() });
        [levels, sum, seen, reported] = [lossByLevel(PARTS), 0, 0, now];
      }
      if (now - pictured > PICTURE || last) {
        await picture(k + 1);
        pictured = performance.now();
      }
    }
  },

  /** Stops the training that goes on; what was learned stays. */
  stop(): void {
    current++;
  },

  /** The network's guess of the clean point at each of {@link PLACES}, at a timestep; undefined before any training. */
  async guesses(timestep: number): Promise<Float64Array | undefined> {
    if (denoiser === undefined) return undefined;
    const level = levelAt(CHAIN, timestep);
    const out = toSample(await denoiser.predict(PLACES, level), PLACES, level, denoiser.predicts);
    return transfer(out, [out.buffer]);
  },
};

export type TrainingWorker = typeof worker;

async function open(onStage: OnStage): Promise<Engine> {
  const runtime = (await loadOnnxRuntime(onStage)) as unknown as OnnxRuntimeWeb;
  // Steps this small are faster on one thread.
  return onnxruntimeWebEngine(runtime, { threads: 1 });
}

/** Gives back what the last run compiled. */
async function release(): Promise<void> {
  denoiser = undefined;
  await compiled?.dispose();
  await network?.dispose();
  compiled = network = undefined;
}

async function samplesOf(of: Denoiser, seed: number): Promise<Samples> {
  const { samples } = await sample({
    denoiser: of,
    process: CHAIN,
    solver: ddim(),
    steps: STEPS,
    count: SAMPLES,
    batch: SAMPLES,
    seed,
  });
  return samples;
}

expose(worker);
