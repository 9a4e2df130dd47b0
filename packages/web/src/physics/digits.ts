import { leading, type Moments, type Samples } from "@symbreak/core";
import {
  clip,
  type Denoiser,
  ddim,
  ddpm,
  gaussianLateStart,
  noisedStart,
  type OnnxDenoiserOptions,
  type OnnxSession,
  type OnnxTensor,
  onnxDenoiser,
  type SampleStep,
  sampleSteps,
} from "@symbreak/samplers";
import { CHAIN, noisyLevel } from "./chain.ts";

/** Shape and number of values of a digit. */
export const SHAPE = [1, 28, 28] as const;
export const SIDE = 28;
export const VALUES = SIDE * SIDE;

/** Which digits to make. */
export interface DigitsRequest {
  readonly steps: number;
  readonly count: number;
  readonly seed: number;
  /** Timestep of a Gaussian late start; noise from the grid's top without it. */
  readonly from?: number | undefined;
}

/** The zoo's network of digits as `ssb sample zoo:mnist` runs it: the linear chain, DDIM, leading grid, clipped. */
export function digitsDenoiser<Tensor extends OnnxTensor>(
  session: OnnxSession<Tensor>,
  Tensor: OnnxDenoiserOptions<Tensor>["Tensor"],
): Denoiser {
  return onnxDenoiser(session, { Tensor, shape: SHAPE });
}

/** Digits, step by step. */
export function digitSteps(
  denoiser: Denoiser,
  moments: Moments,
  { steps, count, seed, from }: DigitsRequest,
): AsyncGenerator<SampleStep, void, undefined> {
  return sampleSteps({
    denoiser,
    process: CHAIN,
    solver: ddim(),
    grid: leading(),
    threshold: clip(),
    steps,
    count,
    seed,
    ...(from !== undefined && { start: gaussianLateStart(moments, noisyLevel(from)) }),
  });
}

/** One digit noised to a timestep some times, and its ways back by DDPM: each with noise of its own. */
export function returnSteps(
  denoiser: Denoiser,
  digit: Samples,
  { steps, count, seed, from }: DigitsRequest & { readonly from: number },
): AsyncGenerator<SampleStep, void, undefined> {
  return sampleSteps({
    denoiser,
    process: CHAIN,
    solver: ddpm(),
    grid: leading(),
    threshold: clip(),
    steps: Math.min(steps, from),
    start: noisedStart(digit, noisyLevel(from)),
    count,
    seed,
  });
}

/** What a classifier says: the likeliest class of each image, and how sure it is. */
export interface Judgement {
  readonly label: number;
  readonly confidence: number;
}

/** The judgement of logits, count × classes. */
export function judge(logits: Float32Array, count: number): Judgement[] {
  const classes = logits.length / count;
  return Array.from({ length: count }, (_, n) => {
    const row = logits.subarray(n * classes, (n + 1) * classes);
    const most = Math.max(...row);
    const total = row.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
    return { label: row.indexOf(most), confidence: 1 / total };
  });
}
