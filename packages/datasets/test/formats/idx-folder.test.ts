import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { findIdx, idxNames, readIdxFolder } from "../../src/formats/idx-folder.ts";
import { idx } from "../support/encode.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
const names = idxNames("test");

test("the four files have LeCun's names", () => {
  expect(names).toEqual({ images: "t10k-images-idx3-ubyte", labels: "t10k-labels-idx1-ubyte" });
  expect(idxNames("train").images).toBe("train-images-idx3-ubyte");
});

test("files are found plain or gzipped", async () => {
  write(names.images, idx([1, 1, 2], [3, 4]));
  write(`${names.labels}.gz`, gzipSync(idx([1], [5])));
  expect(findIdx(path, names.labels)).toBe(`${path}/${names.labels}.gz`);
  const set = await readIdxFolder(path, "test");
  expect(set).toMatchObject({ split: "test", count: 1, labels: Uint8Array.of(5), source: path });
});

test("a split that is not there is named", async () => {
  await expect(readIdxFolder(path, "train")).rejects.toThrow(
    `${path}: expected train-images-idx3-ubyte or train-images-idx3-ubyte.gz, found neither`,
  );
});
