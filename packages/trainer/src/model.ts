import type { Shape, Tensor } from "@symbreak/graph";
import type { Initialiser } from "./initialiser.ts";

/** One weight of a network. */
export interface ParameterSpec {
  /** As in diffusers' state dict where the network has one, e.g. `down_blocks.0.resnets.1.conv1.weight`. */
  readonly name: string;
  readonly shape: Shape;
  readonly init: Initialiser;
  /** Multiplies the learning rate; 1 by default. */
  readonly rate?: number;
}

/** A network's weights as graph tensors, by name. */
export type Parameters = Readonly<Record<string, Tensor>>;

/**
 * The mask of one place where a network drops: shape of the activations, 0 with probability `rate`, else 1/(1 − rate).
 *
 * Graphs have no random numbers, so that the caller makes an input for each site (the sites and shapes are the same
 * every time the model is applied) and feeds it from the host.
 */
export type Dropout = (site: string, shape: Shape, rate: number) => Tensor;

/** What a network may take beside x and the time. */
export interface Extras {
  /** int32 [n], for a class-conditional network. */
  readonly labels?: Tensor;
  /** In training only; without it nothing is dropped. */
  readonly dropout?: Dropout;
}

/** A network as a function of graph tensors. */
export interface Model<Config = unknown> {
  /** Names the architecture in config files: `UNet2DModel`, `Mlp`, … */
  readonly className: string;
  /** Plain data, complete: defaults are filled in. */
  readonly config: Config;
  /** One sample: `[channels, height, width]`, or `[size]`. */
  readonly shape: Shape;
  /** One sample's output: the same, or twice the channels with a learned variance, or `[classes]`. */
  readonly outputShape: Shape;
  /** Set when `labels` are needed: they lie in 0 … labels − 1 (`Infinity` where any index is embedded). */
  readonly labels?: number;
  readonly parameters: readonly ParameterSpec[];
  /** x [n, ...shape] and timesteps [n] (float32, the DDPM index or whatever the time features are made for) → [n, ...outputShape]. */
  apply(parameters: Parameters, x: Tensor, timestep: Tensor, extras?: Extras): Tensor;
}
