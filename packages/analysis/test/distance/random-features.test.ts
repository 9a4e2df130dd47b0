import { philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { randomFeatures } from "../../src/index.ts";

const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 89 + 31) % 251);

/** The same network by its definition: channels first, one sum a number. */
function plainFeatures(image: Uint8Array, [channels, height, width]: readonly number[]): number[] {
  const filters = [32, 96, 192];
  const features: number[] = [];
  let [planes, c, h, w] = [
    Array.from(image, (byte) => byte / 127.5 - 1),
    channels!,
    height!,
    width!,
  ];
  for (const [layer, count] of filters.entries()) {
    const weights = new Float64Array(count * 9 * c);
    philoxNoise(7)(weights, weights.length, layer);
    const next: number[] = [];
    for (let f = 0; f < count; f++) {
      let mean = 0;
      for (let y = 0; y < h; y++)
        for (let x = 0; x < w; x++) {
          let sum = 0;
          for (let ky = 0; ky < 3; ky++)
            for (let kx = 0; kx < 3; kx++)
              for (let k = 0; k < c; k++) {
                const row = Math.min(Math.max(y + ky - 1, 0), h - 1);
                const column = Math.min(Math.max(x + kx - 1, 0), w - 1);
                sum +=
                  weights[f * 9 * c + (3 * ky + kx) * c + k]! * planes[(k * h + row) * w + column]!;
              }
          const value = Math.max(0, sum * Math.sqrt(2 / (9 * c)));
          next.push(value);
          mean += value / (h * w);
        }
      features.push(mean);
    }
    const [high, wide] = [h >> 1, w >> 1];
    planes = Array.from({ length: count * high * wide }, (_, i) => {
      const [f, y, x] = [Math.floor(i / (high * wide)), Math.floor(i / wide) % high, i % wide];
      const at = (dy: number, dx: number) => next[(f * h + 2 * y + dy) * w + 2 * x + dx]!;
      return (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
    });
    [c, h, w] = [count, high, wide];
  }
  return features;
}

test.each([[[1, 6, 5]], [[3, 4, 7]]])(
  "features of an image of %j are the network's",
  async (shape) => {
    const image = bytes(shape.reduce((product, side) => product * side, 1));
    const found = await randomFeatures({ seed: 7 }).features(image, shape);
    const wanted = plainFeatures(image, shape);
    expect(found.length).toBe(320);
    for (const [j, value] of wanted.entries()) expect(found[j]!).toBeCloseTo(value, 5);
  },
);

test("an image's features do not depend on its batch, and another seed makes others", async () => {
  const images = bytes(3 * 64);
  const { features, size, name } = randomFeatures();
  const all = await features(images, [1, 8, 8]);
  expect(await features(images.subarray(64, 128), [1, 8, 8])).toEqual(all.subarray(size, 2 * size));
  expect(name).toBe("random0");
  const other = await randomFeatures({ seed: 1 }).features(images, [1, 8, 8]);
  expect(other).not.toEqual(all);
});

test("what are no images is refused", async () => {
  const { features } = randomFeatures();
  await expect(features(bytes(65), [1, 8, 8])).rejects.toThrow("whole images of 64 bytes, got 65");
  await expect(features(bytes(0), [1, 8, 8])).rejects.toThrow("whole images");
  await expect(features(bytes(64), [2, 8, 4])).rejects.toThrow("images must have 1 or 3 channels");
  await expect(features(bytes(64), [64])).rejects.toThrow(
    "shape must be [channels, height, width]",
  );
  await expect(features(bytes(9), [1, 3, 3])).rejects.toThrow("at least 4 × 4");
  expect(() => randomFeatures({ seed: -1 })).toThrow("seed must be");
});
