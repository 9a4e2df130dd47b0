import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findCifar, readCifarFolder } from "../../src/formats/cifar-folder.ts";
import { sheets, writeBinaries } from "../support/cifar-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
const at = (name: string): string => join(path, name);

test("the five training batches follow each other", async () => {
  writeBinaries("bin", write);
  const set = await readCifarFolder(at("bin"), "train");
  expect(set).toMatchObject({ name: "bin", split: "train", count: 10, shape: [3, 32, 32] });
  expect(Array.from(set.labels!)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5]);
  expect(set.values[9 * 3072]).toBe(41);
  expect(set.classNames![9]).toBe("truck");
});

test("PNG sheets and .bin files of the same set are the same set", async () => {
  for (const [name, bytes] of Object.entries(await sheets())) write(`png/${name}`, bytes);
  writeBinaries("same", write);
  for (const split of ["train", "test"] as const) {
    const [fromPng, fromBin] = [
      await readCifarFolder(at("png"), split),
      await readCifarFolder(at("same"), split),
    ];
    expect(fromPng.values).toEqual(fromBin.values);
    expect(fromPng.labels).toEqual(fromBin.labels);
  }
});

test("the folder of the publisher's archive is found inside another", () => {
  writeBinaries("outer/cifar-10-batches-bin", write);
  expect(findCifar(at("outer"), "test")).toEqual({
    folder: at("outer/cifar-10-batches-bin"),
    extension: ".bin",
  });
});

test("a missing set, a missing batch and labels that cannot be shared out are named", async () => {
  await expect(readCifarFolder(path, "train")).rejects.toThrow(
    `${path}: expected data_batch_1.bin or data_batch_1.png, found neither`,
  );
  writeBinaries("four", write);
  rmSync(at("four/data_batch_3.bin"));
  await expect(readCifarFolder(at("four"), "train")).rejects.toThrow(at("four/data_batch_3.bin"));
  for (const [name, bytes] of Object.entries(await sheets())) write(`odd/${name}`, bytes);
  write("odd/train_lables.json", "[1,2,3]");
  await expect(readCifarFolder(at("odd"), "train")).rejects.toThrow(
    "expected labels for 5 sheets of equal height, found 3 labels",
  );
});
