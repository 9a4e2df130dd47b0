import { SYMMETRIC } from "@symbreak/core";
import { expect, test } from "vitest";
import { readIdxImages } from "../../src/formats/idx-images.ts";
import { idx } from "../support/encode.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const images = folder.write("images", idx([2, 1, 3], [1, 2, 3, 4, 5, 6]));

test("a pair of idx files is images of one channel and their labels", async () => {
  const labels = folder.write("labels", idx([2], [7, 9]));
  expect(await readIdxImages(images, labels)).toEqual({
    values: Uint8Array.of(1, 2, 3, 4, 5, 6),
    labels: Uint8Array.of(7, 9),
    count: 2,
    shape: [1, 1, 3],
    units: SYMMETRIC,
  });
});

test("labels may be missing", async () => {
  expect((await readIdxImages(images, undefined)).labels).toBeUndefined();
});

test("a number of labels that differs from the number of images is an error", async () => {
  const labels = folder.write("three", idx([3], [1, 2, 3]));
  await expect(readIdxImages(images, labels)).rejects.toThrow(
    `${labels}, byte 4: expected 2 labels, one for each image of ${images}, found 3`,
  );
});

test("no images at all is an error", async () => {
  for (const shape of [
    [0, 28, 28],
    [5, 0, 28],
  ]) {
    const empty = folder.write("empty", idx(shape, []));
    await expect(readIdxImages(empty, undefined)).rejects.toThrow("expected at least one image");
  }
});
