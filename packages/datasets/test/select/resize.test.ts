import { expect, test } from "vitest";
import { resize } from "../../src/select/resize.ts";
import { imageSet } from "../support/image-set.ts";

test("a constant image stays constant, in every channel", async () => {
  const plane = (value: number) => new Array<number>(16).fill(value);
  const set = imageSet([...plane(5), ...plane(100), ...plane(250)], { count: 1, shape: [3, 4, 4] });
  const small = await resize(set, 2);
  expect(small).toMatchObject({ count: 1, shape: [3, 2, 2], selection: ["resize 2"] });
  expect(Array.from(small.values)).toEqual([5, 5, 5, 5, 100, 100, 100, 100, 250, 250, 250, 250]);
});

test("the same size gives the same image", async () => {
  const images = Array.from({ length: 32 }, (_, i) => (i * 37) % 256);
  const set = imageSet(images, { count: 2, shape: [1, 4, 4] });
  expect(Array.from((await resize(set, 4)).values)).toEqual(images);
});

test("the longer side is cut evenly", async () => {
  const row = [0, 50, 50, 0];
  const set = imageSet([...row, ...row], { count: 1, shape: [1, 2, 4] });
  expect(Array.from((await resize(set, 2)).values)).toEqual([50, 50, 50, 50]);
});

test("a side that makes no sense is refused", async () => {
  for (const size of [0, 2.5, 5000, Number.NaN]) {
    await expect(resize(imageSet([1]), size)).rejects.toThrow("resize must be a number of pixels");
  }
});
