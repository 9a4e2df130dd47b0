import { type NoiseLevel, philoxUniform, type Samples } from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import {
  adam,
  cosineRate,
  type EngineNetwork,
  mlp,
  simple,
  type TrainingStep,
  trainingStep,
} from "@symbreak/trainer";
import { CHAIN } from "./chain.ts";

/** What is trained: points of the plane, and how. */
export interface TrainingRequest {
  /** x and y of each point. */
  readonly points: Float32Array;
  readonly steps: number;
  /** Units in a hidden layer. */
  readonly width: number;
  /** Of the weights, the order of the points and their noise. */
  readonly seed: number;
  /** Seed of the noise from which samples are made. */
  readonly noise: number;
}

/** Points in a batch. */
export const BATCH = 128;

/** Hidden layers of the network. */
export const DEPTH = 3;

/** Parts of the way from clean to noise in which the loss is told. */
export const PARTS = 20;

/** Points that the network is asked about at once: samples, or the places of its field. */
export const ASKED = 289;

/** The network: a small one for the plane, by the trainer. */
export function networkOf({ width }: TrainingRequest) {
  return mlp({ size: 2, width, depth: DEPTH });
}

/** The training step: the error of the noise at times drawn evenly from the chain, Adam, averaged weights. */
export function stepOf(request: TrainingRequest): TrainingStep {
  return trainingStep({
    model: networkOf(request),
    objective: simple({ schedule: CHAIN, prediction: "epsilon" }),
    optimiser: adam({
      rate: cosineRate(4e-3, { steps: request.steps, warmUp: 40 }),
      average: 0.99,
    }),
    batch: BATCH,
  });
}

/** The points of batch number `step`, drawn with repetition by the seed. */
export function batchOf({ points, seed }: TrainingRequest, step: number): Float32Array {
  const chosen = new Float64Array(BATCH);
  philoxUniform(seed, Float64Array.of(step))(chosen, BATCH, 0);
  const count = points.length / 2;
  const data = new Float32Array(2 * BATCH);
  chosen.forEach((u, i) => {
    const from = 2 * Math.floor(u * count);
    data.set(points.subarray(from, from + 2), 2 * i);
  });
  return data;
}

/** The network with some weights as a denoiser of at most {@link ASKED} points. */
export function trainedDenoiser(network: EngineNetwork, parameters: Float32Array): Denoiser {
  return {
    shape: [2],
    predicts: "epsilon",
    async predict(x: Samples, level: NoiseLevel) {
      const rows = new Float32Array(2 * ASKED);
      rows.set(x);
      const out = await network.predict(parameters, rows, level.timestep);
      return out.slice(0, x.length);
    },
  };
}

/** Half the width of the plane that is shown and drawn on. */
export const EDGE = 2.75;

/** The places at which fields are drawn: 17 × 17 over the plane. */
export const PLACES: Float64Array = Float64Array.from({ length: 2 * ASKED }, (_, i) => {
  const n = Math.floor(i / 2);
  const along = i % 2 === 0 ? n % 17 : 16 - Math.floor(n / 17);
  return EDGE * 0.94 * ((2 * along) / 16 - 1);
});
