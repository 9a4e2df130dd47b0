import type { NoiseLevel, Prediction, Samples } from "@symbreak/core";

/** The part of an AbortSignal that we use; any AbortSignal fits. */
export interface Abort {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

/**
 * A network, an exact density or a guided combination, as one function.
 *
 * `predict` takes a batch at one level (x = alpha·x_0 + sigma·epsilon, count × size) and returns what it `predicts`,
 * same layout. It must not write to `x`.
 */
export interface Denoiser {
  /** The shape of one sample: `[channels, height, width]`, or `[d]`. */
  readonly shape: readonly number[];
  readonly predicts: Prediction;
  /** Set when each sample's output is twice its size: the prediction, then the variance channels. */
  readonly variance?: "learned" | "learnedRange";
  predict(x: Samples, level: NoiseLevel, options?: { signal?: Abort }): Promise<Samples>;
}
