import type { NoiseLevel, Prediction, Samples } from "@symbreak/core";
import type { Condition } from "./condition.ts";

/** The part of an AbortSignal that we use; any AbortSignal fits. */
export interface Abort {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

/** Which samples a denoiser is asked about. */
export interface Asked {
  /** Their numbers, row by row: labels, masks and guidance belong to the number, so that no batch changes a sample. */
  readonly samples?: ArrayLike<number> | undefined;
  readonly condition?: Condition | undefined;
  readonly signal?: Abort | undefined;
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
  readonly variance?: "learned" | "learnedRange" | undefined;
  /** Network calls that one `predict` at this level makes. Default 1; classifier-free guidance makes two. */
  calls?(level: NoiseLevel): number;
  predict(x: Samples, level: NoiseLevel, asked?: Asked): Promise<Samples>;
  /** What `predict` says with the condition and without it, in one batch of twice the size; of networks that can do both. */
  predictBoth?(
    x: Samples,
    level: NoiseLevel,
    asked?: Asked,
  ): Promise<readonly [conditional: Samples, unconditional: Samples]>;
}
