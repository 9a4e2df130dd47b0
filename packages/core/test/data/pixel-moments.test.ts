import fc from "fast-check";
import { expect, test } from "vitest";
import { AS_IS, channelMoments, dataOf, perPixelVariance } from "../../src/index.ts";

test("mean and deviation are of all pixels of a channel", () => {
  const data = dataOf(Uint8Array.of(0, 2, 10, 10, 4, 6, 10, 30), [2, 1, 2], AS_IS);
  const { mean, std } = channelMoments(data);
  expect(mean).toEqual([3, 15]);
  expect(std[0]).toBeCloseTo(Math.sqrt(5), 14);
  expect(std[1]).toBeCloseTo(Math.sqrt(75), 14);
});

test("the per-pixel variance is the trace of the covariance by size, for any images", () => {
  const images = fc.uint8Array({ minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(images, (bytes) => {
      const data = dataOf(bytes, [1, 1, 3], AS_IS);
      let trace = 0;
      for (let p = 0; p < 3; p++) {
        const pixels = [0, 1, 2, 3].map((i) => bytes[3 * i + p]!);
        const mean = pixels.reduce((sum, v) => sum + v, 0) / 4;
        trace += pixels.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4;
      }
      expect(perPixelVariance(data)).toBeCloseTo(trace / 3, 9);
    }),
  );
});
