import { readFileSync } from "node:fs";
import { loadModel } from "@symbreak/zoo";
import { expect, test } from "vitest";
import { openInference } from "../../src/engine/inference.ts";
import { type Golden, goldenImage } from "../support/lite0-golden.ts";

const path = new URL("../goldens/lite0.json", import.meta.url);
const { images }: Golden = JSON.parse(readFileSync(path, "utf8"));
const opened = openInference(await (await loadModel("lite0")).weights());

async function features(values: Float32Array, shape: readonly number[]): Promise<Float32Array> {
  const { session, Tensor } = await opened;
  const count = values.length / shape.reduce((product, n) => product * n, 1);
  const sample = new Tensor("float32", values, [count, ...shape]);
  return (await session.run({ sample })).features!.data as Float32Array;
}

test.each(images.map((image, n) => ({ ...image, n })))(
  "lite0 gives PyTorch's features of image $n, $shape",
  async ({ n, shape, features: wanted }) => {
    const found = await features(goldenImage(n, shape), shape);
    expect(found.length).toBe(192);
    const apart = wanted.reduce((sum, value, j) => sum + (value - found[j]!) ** 2, 0);
    const size = wanted.reduce((sum, value) => sum + value * value, 0);
    // Weights in half precision leave about 0.1 %; a filter read in another order or padded on the other side, everything.
    expect(Math.sqrt(apart / size)).toBeLessThan(3e-3);
  },
);

test("lite0 sees a grey image as the colour image of three such channels", async () => {
  const grey = goldenImage(2, [1, 28, 28]);
  const colour = Float32Array.from({ length: 3 * grey.length }, (_, i) => grey[i % grey.length]!);
  expect(await features(colour, [3, 28, 28])).toEqual(await features(grey, [1, 28, 28]));
});

test("lite0 sees an image of a batch as it sees it alone", async () => {
  const batch = goldenImage(1, [3, 32, 32 * 2]).slice(0, 2 * 3 * 32 * 32);
  const both = await features(batch, [3, 32, 32]);
  const second = await features(batch.slice(3 * 32 * 32), [3, 32, 32]);
  const apart = second.map((value, j) => Math.abs(value - both[192 + j]!));
  expect(Math.max(...apart)).toBeLessThan(1e-4);
});
