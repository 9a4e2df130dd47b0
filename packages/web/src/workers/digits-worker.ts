import type { Samples } from "@symbreak/core";
import { type OnnxRuntime, openModel } from "@symbreak/networks";
import type { Network } from "@symbreak/samplers";
import { load as loadMnist } from "@symbreak/zoo/mnist";
import { load as loadClassifier } from "@symbreak/zoo/mnist-classifier";
import { expose } from "comlink";
import {
  type DigitsRequest,
  digitSteps,
  type Judgement,
  judge,
  type Nearest,
  nearestOf,
  returnSteps,
  SHAPE,
  timesOfDigits,
  VALUES,
} from "../physics/digits.ts";
import type { CriticalTimes } from "../state/critical-marks.ts";
import { inWords } from "./in-words.ts";
import { mnistTraining } from "./mnist.ts";
import { loadOnnxRuntime, threads } from "./onnxruntime.ts";
import type { OnStage } from "./stage.ts";

/** What the page is told when the network is there. */
export interface Readiness {
  readonly threads: number;
  /** Whether the page is cross-origin isolated, without which there is one thread. */
  readonly isolated: boolean;
  /** When MNIST decides, by its moments. */
  readonly times: CriticalTimes;
}

interface Loaded {
  readonly network: Network;
  judge(images: Samples): Promise<Judgement[]>;
}

/** One step of some digits, as the page sees it. */
export interface DigitsStep {
  readonly timestep: number;
  readonly x: Samples;
  /** The network's guess of the clean digits. */
  readonly denoised: Samples;
  readonly judgements: readonly Judgement[];
  readonly nfe: number;
}

let loaded: Promise<Loaded> | undefined;
let training: Promise<Uint8Array> | undefined;

/** What the digits' worker does for the page. */
const worker = {
  /** Fetches and compiles what is needed, once; a failure may be tried again. */
  async load(onStage: OnStage): Promise<Readiness> {
    loaded ??= start(onStage);
    try {
      const { network } = await loaded;
      const times = timesOfDigits(network.moments!);
      return { threads: threads(), isolated: globalThis.crossOriginIsolated, times };
    } catch (error) {
      loaded = undefined;
      throw inWords(error);
    }
  },

  /** Digits from noise or a late start; each step is told as it comes. */
  async sample(request: DigitsRequest, onStep: (step: DigitsStep) => void): Promise<void> {
    const { network, judge } = await loaded!;
    for await (const { x, denoised, level, nfe } of digitSteps(network, request))
      onStep({ timestep: level.timestep, x, denoised, nfe, judgements: await judge(denoised) });
  },

  /** A digit's U-turns. */
  async turn(
    digit: Samples,
    request: DigitsRequest & { readonly from: number },
    onStep: (step: DigitsStep) => void,
  ): Promise<void> {
    const { network, judge } = await loaded!;
    for await (const { x, denoised, level, nfe } of returnSteps(network, digit, request))
      onStep({ timestep: level.timestep, x, denoised, nfe, judgements: await judge(denoised) });
  },

  /** The training image that is nearest to each of some digits, of all 60,000. */
  async nearest(images: Samples, onStage: OnStage): Promise<Nearest[]> {
    training ??= mnistTraining(onStage).then(({ values }) => values as Uint8Array);
    try {
      const pixels = await training;
      onStage({ words: "comparing with 60 000 training images" });
      return await nearestOf(images, pixels);
    } catch (error) {
      training = undefined;
      throw inWords(error);
    }
  },
};

export type DigitsWorker = typeof worker;

async function start(onStage: OnStage): Promise<Loaded> {
  onStage({ words: "fetching the network, 2.4 MB" });
  const runtime = await loadOnnxRuntime(onStage);
  const { InferenceSession, Tensor } = runtime;
  const network = await openModel(loadMnist, { runtime: runtime as unknown as OnnxRuntime });
  const judging = await InferenceSession.create(await (await loadClassifier()).weights());
  return {
    network,
    async judge(images) {
      const count = images.length / VALUES;
      const sample = new Tensor("float32", Float32Array.from(images), [count, ...SHAPE]);
      const { output } = await judging.run({ sample });
      return judge(output!.data as Float32Array, count);
    },
  };
}

expose(worker);
