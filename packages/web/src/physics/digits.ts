import { collapseTime, memorisation, speciationTime } from "@symbreak/analysis";
import { AS_IS, dataOf, type Moments, type Samples, SYMMETRIC } from "@symbreak/core";
import {
  ddim,
  ddpm,
  gaussianLateStart,
  type Network,
  noisedStart,
  type SampleStep,
  sampleSteps,
} from "@symbreak/samplers";
import type { CriticalTimes } from "../state/critical-marks.ts";
import { CHAIN, noisyLevel } from "./chain.ts";
import { topVariance } from "./line-law.ts";

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

/** Digits, step by step: those that `ssb sample zoo:mnist --solver ddim` draws. */
export function digitSteps(
  network: Network,
  { steps, count, seed, from }: DigitsRequest,
): AsyncGenerator<SampleStep, void, undefined> {
  return sampleSteps({
    network,
    solver: ddim(),
    steps,
    count,
    seed,
    ...(from !== undefined && { start: gaussianLateStart(network.moments!, noisyLevel(from)) }),
  });
}

/** One digit noised to a timestep some times, and its ways back by DDPM: each with noise of its own. */
export function returnSteps(
  network: Network,
  digit: Samples,
  { steps, count, seed, from }: DigitsRequest & { readonly from: number },
): AsyncGenerator<SampleStep, void, undefined> {
  return sampleSteps({
    network,
    solver: ddpm(),
    steps: Math.min(steps, from),
    start: noisedStart(digit, noisyLevel(from)),
    count,
    seed,
  });
}

/** MNIST's training images. */
const TRAINED_ON = 60_000;

/** When MNIST decides, by the moments of its training images. */
export function timesOfDigits(moments: Moments): CriticalTimes {
  const options = { schedule: CHAIN };
  const { ddpmIndex, instability } = speciationTime(topVariance(moments.covariance), options);
  const { spectrum } = collapseTime({ count: TRAINED_ON, size: VALUES }, moments, options);
  return {
    speciation: ddpmIndex,
    instability: instability.ddpmIndex,
    collapse: spectrum.ddpmIndex,
  };
}

/** The training image nearest to a digit. */
export interface Nearest {
  /** Its number in the training set. */
  readonly index: number;
  /** Its distance, and that distance over the next image's: a copy is much nearer to one than to any other. */
  readonly distance: number;
  readonly ratio: number;
  /** From −1 to 1. */
  readonly image: Float32Array;
}

/** The nearest of the training images (n × 784 bytes) of each digit. */
export async function nearestOf(images: Samples, training: Uint8Array): Promise<Nearest[]> {
  const trained = dataOf(training, SHAPE, SYMMETRIC);
  const { nearest, distances, ratios } = await memorisation(dataOf(images, SHAPE, AS_IS), trained);
  return nearest.map((index, n) => ({
    index,
    distance: distances[n]!,
    ratio: ratios[n]!,
    image: Float32Array.from(
      training.subarray(index * VALUES, (index + 1) * VALUES),
      (byte) => byte / 127.5 - 1,
    ),
  }));
}

/** Below it a sample counts as a copy (Bonnaire et al. 2025). */
export const COPY = 1 / 3;

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
