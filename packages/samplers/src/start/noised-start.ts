import { invalid, type Noise, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Start } from "./start.ts";

/**
 * Images of your own, noised to `level`: x = alpha·image + sigma·z. Sampling from here is a U-turn (Sclocchi et al.
 * 2024), or SDEdit (Meng et al. 2021) when the images are sketches.
 *
 * @param images clean samples, n × size; sample i begins from image i mod n
 * @param at a level, or a time of the run's process
 */
export function noisedStart(images: Samples, at: NoiseLevel | number): Start {
  return {
    name: "noised",
    at,
    begin(level, size) {
      const n = images.length / size;
      if (!Number.isInteger(n) || n < 1)
        throw invalid(
          "noisedStart",
          `images must hold whole samples of ${size} values`,
          images.length,
        );
      return (count: number, noise: Noise, first = 0): Float64Array => {
        const x = new Float64Array(count * size);
        noise(x, size, 0);
        for (let i = 0; i < x.length; i++)
          x[i] = level.alpha * images[(first * size + i) % images.length]! + level.sigma * x[i]!;
        return x;
      };
    },
  };
}
