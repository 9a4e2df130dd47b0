import type { Tensor } from "@symbreak/graph";
import type { Dropout, ParameterSpec, Parameters } from "../model.ts";

/** What every block of a U-Net sees beside its input. */
export interface Context {
  readonly parameters: Parameters;
  /** The embedding of time and class, [n, features]. */
  readonly embedding: Tensor;
  readonly dropout: Dropout | undefined;
}

/** A part of a network: its weights and what it computes, said together. */
export interface Block {
  readonly parameters: readonly ParameterSpec[];
  apply(context: Context, x: Tensor): Tensor;
}
