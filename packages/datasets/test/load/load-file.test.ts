import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { loadFile } from "../../src/load/load-file.ts";
import { idx, npy, png } from "../support/encode.ts";
import { huggingFace } from "../support/parquet.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
const images = idx([2, 1, 1], [5, 6]);
const array = npy("|u1", [2, 1, 1], Uint8Array.of(5, 6));

test("every format is known by its name, and by its content under any other", async () => {
  const gray = await Promise.all([5, 6].map((value) => png([value], 1, 1)));
  const files = {
    "x-idx3-ubyte": images,
    "x-idx3-ubyte.gz": gzipSync(images),
    "x.npy": array,
    "x.npz": zipSync({ "images.npy": array }),
    "x.parquet": huggingFace(gray.map((image) => ({ image, label: 0 }))),
  };
  for (const [name, bytes] of Object.entries(files)) {
    for (const file of [write(name, bytes), write(`unnamed-${name.length}`, bytes)]) {
      const { set } = await loadFile(file, {});
      expect(set).toMatchObject({ values: Uint8Array.of(5, 6), count: 2, source: file });
    }
  }
});

test("a single image is a set of one", async () => {
  const file = write("one.PNG", await png([1, 2, 3, 4, 5, 6], 2, 3));
  const { set } = await loadFile(file, {});
  expect(set).toMatchObject({ values: Uint8Array.of(1, 4, 2, 5, 3, 6), count: 1, source: file });
  expect(set.shape).toEqual([3, 1, 2]);
});

test("labels are found beside idx images, plain or gzipped", async () => {
  const file = write("some-images-idx3-ubyte", images);
  write("some-labels-idx1-ubyte.gz", gzipSync(idx([2], [8, 9])));
  const { set } = await loadFile(file, {});
  expect(set.labels).toEqual(Uint8Array.of(8, 9));
  expect(set.name).toBe("some-images-idx3-ubyte");
});

test("a file whose name promises another format is refused as that format", async () => {
  await expect(loadFile(write("wrong.npy", images), {})).rejects.toThrow("the .npy magic");
  await expect(loadFile(write("wrong.npz", images), {})).rejects.toThrow("not a zip archive");
});

test("an unknown format lists those that are known", async () => {
  await expect(loadFile(write("notes.txt", "hello world"), {})).rejects.toThrow(
    `${path}/notes.txt, byte 0: expected an idx, .npy, .npz or .parquet file, or a folder, found bytes 68656c6c6f20`,
  );
  await expect(loadFile(write("empty", ""), {})).rejects.toThrow("found bytes none");
});
