import { decode } from "fast-png";
import { expect, test } from "vitest";
import { imageGrid } from "../src/index.ts";

const pixels = (uri: string) =>
  decode(Buffer.from(uri.slice("data:image/png;base64,".length), "base64"));

test("imageGrid places gray images row by row with transparent gaps", () => {
  const images = Uint8Array.of(10, 20, 30, 40, 50, 60); // three of 1×1×2
  const { uri, width, height } = imageGrid({ images, shape: [1, 1, 2], columns: 2, gap: 1 });
  expect([width, height]).toEqual([5, 3]);
  const png = pixels(uri);
  const at = (x: number, y: number) => [...png.data.slice(4 * (y * 5 + x), 4 * (y * 5 + x) + 4)];
  expect(at(1, 0)).toEqual([20, 20, 20, 255]);
  expect(at(2, 0)).toEqual([0, 0, 0, 0]);
  expect(at(3, 0)).toEqual([30, 30, 30, 255]);
  expect(at(1, 2)).toEqual([60, 60, 60, 255]);
  expect(at(4, 2)).toEqual([0, 0, 0, 0]);
});

test("imageGrid reads RGB channels first", () => {
  const { uri } = imageGrid({
    images: Uint8Array.of(1, 2, 3, 4, 5, 6),
    shape: [3, 1, 2],
    columns: 9,
  });
  expect([...pixels(uri).data]).toEqual([1, 3, 5, 255, 2, 4, 6, 255]);
});

test("imageGrid refuses bytes that are not whole images, and channels that have no colour", () => {
  expect(() => imageGrid({ images: new Uint8Array(5), shape: [1, 1, 2], columns: 2 })).toThrow(
    "imageGrid: images must hold whole images of 2 bytes, got 5",
  );
  expect(() => imageGrid({ images: new Uint8Array(4), shape: [4, 1, 1], columns: 2 })).toThrow(
    "1 or 3 channels, got 4",
  );
});
