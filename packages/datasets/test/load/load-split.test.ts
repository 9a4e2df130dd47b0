import { join } from "node:path";
import { expect, test } from "vitest";
import { loadSplit } from "../../src/load/load-split.ts";
import { idx, npy, png } from "../support/encode.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
const at = (name: string): string => join(path, name);

test("a split that is there is read, one that is not is undefined", async () => {
  write("images/1.png", await png([1], 1, 1));
  expect(await loadSplit(at("images"), "test")).toBeUndefined();
  write("splits/train/1.png", await png([1], 1, 1));
  expect(await loadSplit(at("splits"), "test")).toBeUndefined();
  expect((await loadSplit(at("splits"), "train"))!.count).toBe(1);
  write("x.npy", npy("|u1", [1, 1, 1], Uint8Array.of(1)));
  expect(await loadSplit(at("x.npy"), "test")).toBeUndefined();
  write("idx/train-images-idx3-ubyte", idx([1, 1, 1], [1]));
  write("idx/train-labels-idx1-ubyte", idx([1], [1]));
  expect(await loadSplit(at("idx"), "test")).toBeUndefined();
});

test("a damaged split is an error, not none", async () => {
  write("idx2/train-images-idx3-ubyte", idx([1, 1, 1], [1]));
  write("idx2/train-labels-idx1-ubyte", idx([1], [1]));
  write("idx2/t10k-images-idx3-ubyte", idx([2, 1, 1], [1]));
  write("idx2/t10k-labels-idx1-ubyte", idx([2], [1, 1]));
  await expect(loadSplit(at("idx2"), "test")).rejects.toThrow("expected 2 bytes of data");
  await expect(loadSplit(at("nowhere"), "test")).rejects.toThrow("ENOENT");
});
