import { expect, test } from "vitest";
import { lite0Features } from "../../src/index.ts";

class Tensor {
  readonly data: ArrayLike<number | bigint>;
  readonly dims: readonly number[];
  constructor(_type: string, data: ArrayLike<number | bigint>, dims: readonly number[]) {
    this.data = data;
    this.dims = dims;
  }
}

/** In place of the network: 192 times the first number of each image. */
function session(dims: (readonly number[])[], features = 192) {
  return {
    inputNames: ["sample"],
    outputNames: ["features"],
    async run({ sample }: Record<string, Tensor>) {
      const [count, ...shape] = sample!.dims as [number, ...number[]];
      const size = shape.reduce((product, side) => product * side, 1);
      dims.push(sample!.dims);
      const data = new Float32Array(count * features);
      for (let i = 0; i < data.length; i++)
        data[i] = sample!.data[Math.floor(i / features) * size] as number;
      return { features: { data, dims: [count, features] } };
    },
  };
}

test("images go through the network in batches, in [−1, 1], and come back in order", async () => {
  const dims: (readonly number[])[] = [];
  const { features, size, name } = lite0Features(session(dims), { Tensor, batch: 2 });
  const images = Uint8Array.from({ length: 5 * 12 }, (_, i) => Math.floor(i / 12) * 60);
  const found = await features(images, [3, 2, 2]);
  expect([name, size, found.length]).toEqual(["lite0", 192, 5 * 192]);
  expect(dims).toEqual([
    [2, 3, 2, 2],
    [2, 3, 2, 2],
    [1, 3, 2, 2],
  ]);
  for (const [n, grey] of [0, 60, 120, 180, 240].entries())
    expect(found[n * 192 + 191]).toBeCloseTo(grey / 127.5 - 1, 6);
});

test("another network, other shapes and part of an image are refused", async () => {
  const wrong = lite0Features(session([], 10), { Tensor });
  await expect(wrong.features(new Uint8Array(12), [3, 2, 2])).rejects.toThrow(
    'session must return "features", 192 float32 numbers an image: is it of zoo:lite0?',
  );
  const { features } = lite0Features(session([]), { Tensor });
  await expect(features(new Uint8Array(12), [4, 3, 1])).rejects.toThrow("1 or 3 channels, got 4");
  await expect(features(new Uint8Array(13), [3, 2, 2])).rejects.toThrow("whole images of 12 bytes");
  expect(() => lite0Features(session([]), { Tensor, batch: 0 })).toThrow("batch must be");
});
