import type { Samples } from "./samples.ts";

/**
 * Standard normal noise for one batch: fills `out` (count × size) with draw number `draw` of each of its samples.
 *
 * A counter-based source (`philoxNoise`) gives a sample the same numbers in any batch; a sequential one
 * (`torchNoise`) reproduces PyTorch and must be called with draws in order.
 */
export type Noise = (out: Samples, size: number, draw: number) => void;
