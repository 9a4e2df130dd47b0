import type { ImageSet } from "../image-set.ts";
import { invalid } from "../invalid.ts";
import { channelMoments, perPixelVariance } from "./pixel-moments.ts";

/**
 * The units that a model sees. Λ, t_S and t_C depend on them, so they travel with the data.
 *
 * - `unit`: u8/255, in [0, 1]
 * - `symmetric`: u8/127.5 − 1, in [−1, 1], the scale of most diffusion code; Λ is 4 times that of `unit`
 * - `zscore`: (u8 − m)/s, with the mean and standard deviation of each channel over all its pixels
 * - `trace`: (u8 − m)/√(Tr C/d), with the mean of each channel and C the covariance about the mean image, so that Tr C/d = 1
 */
export type ScaleName = "unit" | "symmetric" | "zscore" | "trace";

/** An affine map, one factor and offset a channel. */
export interface Affine {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** x = a[c] · u8 + b[c] for channel c; `inverse` leads back to bytes: u8 = inverse.a[c] · x + inverse.b[c]. */
export interface Scale extends Affine {
  readonly name: ScaleName;
  readonly inverse: Affine;
}

export const SCALES: readonly ScaleName[] = ["unit", "symmetric", "zscore", "trace"];

/**
 * The scale of this name for this set: the statistics of `zscore` and `trace` are the set's own.
 *
 * @throws RangeError on an unknown name, or when all images are the same and nothing can be normalised
 */
export function scaleOf(set: ImageSet, name: ScaleName): Scale {
  const channels = set.shape[0];
  const constant = (value: number): number[] => new Array<number>(channels).fill(value);
  switch (name) {
    case "unit":
      return withInverse(name, constant(1 / 255), constant(0));
    case "symmetric":
      return withInverse(name, constant(1 / 127.5), constant(-1));
    case "zscore": {
      const { mean, std } = channelMoments(set);
      return withInverse(name, ...standardised(name, mean, std));
    }
    case "trace": {
      const { mean } = channelMoments(set);
      const deviation = Math.sqrt(perPixelVariance(set));
      return withInverse(name, ...standardised(name, mean, constant(deviation)));
    }
    default:
      throw invalid("scaleOf", `scale must be one of ${SCALES.join(", ")}`, name);
  }
}

/**
 * The scale in one line, to stand beside every Λ.
 *
 * @example describeScale(scaleOf(mnist, "zscore")) // "zscore: x = (u8 − 33.3184)/78.5675"
 */
export function describeScale({ name, inverse }: Scale): string {
  if (name === "unit") return "unit: x = u8/255";
  if (name === "symmetric") return "symmetric: x = u8/127.5 − 1";
  const terms = inverse.a.map((a, c) => `(u8 − ${digits(inverse.b[c]!)})/${digits(a)}`);
  return `${name}: x = ${terms.join(", ")}`;
}

function standardised(name: string, mean: number[], deviation: number[]): [number[], number[]] {
  if (deviation.some((s) => s === 0)) {
    throw invalid("scaleOf", `${name} needs pixels that vary in every channel`, "a constant one");
  }
  return [deviation.map((s) => 1 / s), deviation.map((s, c) => -mean[c]! / s)];
}

function withInverse(name: ScaleName, a: number[], b: number[]): Scale {
  return { name, a, b, inverse: { a: a.map((f) => 1 / f), b: b.map((g, c) => -g / a[c]! + 0) } };
}

function digits(value: number): string {
  return String(Number(value.toPrecision(6)));
}
