import { functionalOf, type NoiseLevel, type Prediction } from "@symbreak/core";
import { type ImportanceTimes, importanceMemory } from "./importance-times.ts";
import type { Batch, Objective, Prepared } from "./objective.ts";
import { squaredError, squaredErrorInputs } from "./squared-error.ts";
import { type StepRandom, stratified } from "./step-random.ts";

/** What tells one denoising loss from another. */
export interface Denoising {
  readonly name: string;
  /** The level at a fraction in (0, 1) of the way from clean to noise. Fractions are drawn uniformly in (0, span). */
  level(fraction: number): NoiseLevel;
  /** How far from clean data samples are noised, as a fraction of the way; default 1. */
  readonly span?: number;
  /** What the network predicts, or what is made of its output where `target` says otherwise. */
  readonly prediction: Prediction;
  /** The network's own target as a·x_0 + b·epsilon; that of its prediction by default. */
  readonly target?: (level: NoiseLevel) => readonly [ofSample: number, ofNoise: number];
  /** What the noised sample is multiplied by before the network sees it; 1 by default. */
  readonly inputFactor?: (level: NoiseLevel) => number;
  /** What the squared error of the prediction counts at a level. */
  weight(level: NoiseLevel): number;
  /** Draws the fractions, in so many equal parts, by what is observed there; the mean stays the same. */
  readonly times?: ImportanceTimes | undefined;
  /** What is observed at a level for an error of 1 of the prediction: its weight by default. */
  readonly observed?: ((level: NoiseLevel) => number) | undefined;
  /** What the network is told of a level, unless it is its timestep. */
  readonly timestep?: ((level: NoiseLevel) => number) | undefined;
}

/**
 * The loss that all diffusion models share: noise a sample, predict the noise (or v, the sample, the score), square the
 * error: mean of weight · |network(alpha x_0 + sigma ε, timestep) − target|², a mean over elements too.
 */
export function denoising(settings: Denoising): Objective {
  const { name, prediction, times, level, weight, span = 1, observed = weight } = settings;
  return {
    name,
    prediction,
    inputs: squaredErrorInputs,
    loss: squaredError,
    prepare: (batch, random) => prepare(batch, random, settings),
    ...(times && {
      memory: importanceMemory(times, (position) => observed(level(position)), span),
    }),
  };
}

function prepare({ data, count }: Batch, random: StepRandom, settings: Denoising): Prepared {
  const { prediction, times, span = 1, timestep: tell = (level) => level.timestep } = settings;
  const { target: aim = (level) => functionalOf(prediction, level), inputFactor = () => 1 } =
    settings;
  const size = data.length / count;
  const fractions = stratified(random, count);
  const drawn = times && Array.from(fractions, times.draw);
  const positions = drawn
    ? Float64Array.from(drawn, ({ index }) => (span * (index + 0.5)) / times.steps)
    : fractions.map((fraction) => span * fraction);
  const x = new Float32Array(data.length);
  random.normal(x, size, "noise");
  const target = new Float32Array(data.length);
  const timestep = new Float32Array(count);
  const weight = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const level = settings.level(positions[i]!);
    const [ofSample, ofNoise] = aim(level);
    const factor = inputFactor(level);
    const [signal, blur] = [factor * level.alpha, factor * level.sigma];
    for (let j = i * size; j < (i + 1) * size; j++) {
      const [sample, noise] = [data[j]!, x[j]!];
      x[j] = signal * sample + blur * noise;
      target[j] = ofSample * sample + ofNoise * noise;
    }
    timestep[i] = tell(level);
    weight[i] = settings.weight(level) * (drawn ? drawn[i]!.weight : 1);
  }
  return { feeds: { x, timestep, target, weight }, positions };
}

/**
 * How much the squared error of the noise is for a squared error of 1 in the prediction, x_t being fixed. A weight of
 * the noise's error times this is the weight of the prediction's: all parametrisations can have one loss.
 */
export function noiseErrorPer(prediction: Prediction, { alpha, sigma }: NoiseLevel): number {
  switch (prediction) {
    case "epsilon":
      return 1;
    case "sample":
      return (alpha / sigma) ** 2;
    case "v":
      return alpha ** 2 / (alpha ** 2 + sigma ** 2);
    case "score":
      return sigma ** 2;
    case "flow":
      return (alpha / (alpha + sigma)) ** 2;
  }
}
