import type { Moments, Samples } from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { load as loadMnist } from "@symbreak/zoo/mnist";
import { load as loadClassifier } from "@symbreak/zoo/mnist-classifier";
import { expose } from "comlink";
import {
  type DigitsRequest,
  digitSteps,
  digitsDenoiser,
  type Judgement,
  judge,
  returnSteps,
  SHAPE,
  VALUES,
} from "../physics/digits.ts";
import { loadOnnxRuntime, threads } from "./onnxruntime.ts";

interface Loaded {
  readonly denoiser: Denoiser;
  readonly moments: Moments;
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

/** What the digits' worker does for the page. */
const worker = {
  /** Fetches and compiles what is needed, once; a failure may be tried again. */
  async load(onStage: (stage: string) => void): Promise<{ threads: number }> {
    loaded ??= start(onStage);
    try {
      await loaded;
    } catch (error) {
      loaded = undefined;
      throw error;
    }
    return { threads: threads() };
  },

  /** Digits from noise or a late start; each step is told as it comes. */
  async sample(request: DigitsRequest, onStep: (step: DigitsStep) => void): Promise<void> {
    const { denoiser, moments, judge } = await loaded!;
    for await (const { x, denoised, level, nfe } of digitSteps(denoiser, moments, request))
      onStep({ timestep: level.timestep, x, denoised, nfe, judgements: await judge(denoised) });
  },

  /** A digit's U-turns. */
  async turn(
    digit: Samples,
    request: DigitsRequest & { readonly from: number },
    onStep: (step: DigitsStep) => void,
  ): Promise<void> {
    const { denoiser, judge } = await loaded!;
    for await (const { x, denoised, level, nfe } of returnSteps(denoiser, digit, request))
      onStep({ timestep: level.timestep, x, denoised, nfe, judgements: await judge(denoised) });
  },

  /** What the classifier sees in some images. */
  async judge(images: Samples): Promise<readonly Judgement[]> {
    return (await loaded!).judge(images);
  },
};

export type DigitsWorker = typeof worker;

async function start(onStage: (stage: string) => void): Promise<Loaded> {
  onStage("fetching the network, 2.4 MB");
  const [mnist, classifier] = await Promise.all([loadMnist(), loadClassifier()]);
  const [weights, judgeWeights, moments] = await Promise.all([
    mnist.weights(),
    classifier.weights(),
    mnist.moments(),
  ]);
  onStage("fetching WebAssembly, 4 MB compressed");
  const { InferenceSession, Tensor } = await loadOnnxRuntime();
  onStage("compiling");
  const session = await InferenceSession.create(weights);
  const judging = await InferenceSession.create(judgeWeights);
  return {
    denoiser: digitsDenoiser(session, Tensor),
    moments: moments!,
    async judge(images) {
      const count = images.length / VALUES;
      const sample = new Tensor("float32", Float32Array.from(images), [count, ...SHAPE]);
      const { output } = await judging.run({ sample });
      return judge(output!.data as Float32Array, count);
    },
  };
}

expose(worker);
