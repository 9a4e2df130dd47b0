import { invalid, type Samples } from "@symbreak/core";
import { sizeOf } from "../size-of.ts";

/** A linear measurement y = A x0 with orthogonal rows of one length, `A Aᵀ = gain · I`, given by its two products. */
export interface Measurement {
  /** Values in one sample. */
  readonly size: number;
  /** Values measured, the rows of A. */
  readonly count: number;
  readonly gain: number;
  /** A x0 of one sample. */
  measure(x0: Samples): Float64Array;
  /** Aᵀ y. */
  spread(y: Float64Array): Float64Array;
}

/**
 * Inpainting: the values where `known` is not 0.
 *
 * @example observe(denoiser, knownValues(mask), knownValues(mask).measure(photograph))
 */
export function knownValues(known: ArrayLike<number | boolean>): Measurement {
  const at = Array.from(known).flatMap((value, i) => (Number(value) === 0 ? [] : [i]));
  if (at.length === 0) throw invalid("knownValues", "known must mark at least one value", known);
  const size = known.length;
  return {
    size,
    count: at.length,
    gain: 1,
    measure: (x0) => Float64Array.from(at, (i) => x0[i]!),
    spread(y) {
      const out = new Float64Array(size);
      for (const [j, i] of at.entries()) out[i] = y[j]!;
      return out;
    },
  };
}

/**
 * Colourisation: the grey image, a weighted sum of the channels of each pixel.
 *
 * @param shape `[channels, height, width]`
 * @param weights one a channel; default equal, summing to one
 */
export function greyLevels(shape: readonly number[], weights?: readonly number[]): Measurement {
  const [channels = 1, ...sides] = shape;
  const pixels = sizeOf(sides);
  const share = weights ?? new Array<number>(channels).fill(1 / channels);
  if (share.length !== channels || !share.some((weight) => weight !== 0))
    throw invalid("greyLevels", `weights must be ${channels}, not all 0`, share);
  const size = channels * pixels;
  return {
    size,
    count: pixels,
    gain: share.reduce((sum, weight) => sum + weight * weight, 0),
    measure(x0) {
      const out = new Float64Array(pixels);
      for (let i = 0; i < size; i++) out[i % pixels]! += share[Math.floor(i / pixels)]! * x0[i]!;
      return out;
    },
    spread: (y) =>
      Float64Array.from(
        { length: size },
        (_, i) => share[Math.floor(i / pixels)]! * y[i % pixels]!,
      ),
  };
}
