import {
  empiricalDenoise,
  invalid,
  type Multiply,
  multiply as multiplyInLoops,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";

/**
 * The exact denoiser of a finite data set: the softmax-weighted mean of the images, a perfectly memorising network.
 *
 * Its two large products (count × n × size) go through `multiply`: plain loops by default, a matrix product on an
 * inference runtime where there is one. Single precision; for doubles take `exactDenoiser(empirical(data, size))`.
 *
 * @param data clean samples, n × size, as the network would see them
 * @param shape of one sample: `[channels, height, width]`
 */
export function empiricalDenoiser(
  data: Samples,
  shape: readonly number[],
  options: { readonly multiply?: Multiply } = {},
): Denoiser {
  const { multiply = multiplyInLoops } = options;
  const size = shape.reduce((product, side) => product * side, 1);
  if (data.length === 0 || data.length % size !== 0)
    throw invalid(
      "empiricalDenoiser",
      `data must hold whole samples of ${size} values`,
      data.length,
    );
  return {
    shape,
    predicts: "sample",
    predict: (x: Samples, level: NoiseLevel) => empiricalDenoise(data, size, x, level, multiply),
  };
}
