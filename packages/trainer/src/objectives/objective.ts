import type { Prediction } from "@symbreak/core";
import type { DType, Shape, Tensor } from "@symbreak/graph";
import type { Values } from "../engines/engine.ts";
import type { ParameterSpec, Parameters } from "../model.ts";
import type { StepRandom } from "./step-random.ts";

/** Clean samples, row-major: n × size values, with the labels of a conditional network or a classifier. */
export interface Batch {
  readonly data: Float32Array;
  /** n. */
  readonly count: number;
  readonly labels?: Int32Array;
}

/** What one training step is fed, made on the host. */
export interface Prepared {
  /** A value for each of the objective's inputs. */
  readonly feeds: Readonly<Record<string, Values>>;
  /** Where each sample stands between clean (0) and noisiest (1): for the loss by noise level. Empty where nothing is noised. */
  readonly positions: Float64Array;
}

/** An input of the loss: the shape of one sample's part, to which the batch adds a first axis. */
export interface FeedSpec {
  readonly shape: Shape;
  readonly dtype?: DType;
}

/** The network with its weights, labels and dropout in place: x [n, ...shape], timesteps [n] → [n, ...outputShape]. */
export type Network = (x: Tensor, timestep: Tensor) => Tensor;

/** What an objective says of a batch. */
export interface Loss {
  /** The number that is differentiated: a mean over the batch, so that shards of it can be averaged. */
  readonly loss: Tensor;
  /** [n]: each sample's loss before it is weighted. */
  readonly perSample: Tensor;
  /** [n]: 1 for each sample that a classifier names right, else 0. */
  readonly correct?: Tensor;
  /** By name, what replaces the gradient of the loss for the objective's own parameters. */
  readonly gradients?: Parameters;
}

/** What a network is trained for: its inputs, made on the host, and its loss, a graph. */
export interface Objective {
  readonly name: string;
  /** What the trained network predicts; undefined for a classifier. */
  readonly prediction?: Prediction;
  /** Parameters that are trained beside the network's: a learned noise schedule. */
  readonly parameters?: readonly ParameterSpec[];
  /** How many points of the network's shape make one sample of a batch's data, one after the other; default 1. */
  readonly points?: number;
  /** The inputs by name, for samples of the given shape. */
  inputs(shape: Shape): Readonly<Record<string, FeedSpec>>;
  /** The loss of a batch. `inputs` are the tensors of the inputs, `parameters` of the objective's own parameters. */
  loss(network: Network, inputs: Readonly<Record<string, Tensor>>, parameters: Parameters): Loss;
  /** Noises a batch. The same arguments give the same feeds. */
  prepare(batch: Batch, random: StepRandom): Prepared;
  /** What the objective remembers from step to step: importance-sampled times. */
  readonly memory?: Memory;
}

/** State of an objective on the host. Saved and loaded, a run goes on as if never stopped. */
export interface Memory {
  /** Takes note of a step's result: to be called after every step. */
  observe(prepared: Prepared, perSample: ArrayLike<number>): void;
  /** A copy of what is remembered. */
  save(): Float32Array;
  load(saved: ArrayLike<number>): void;
}
