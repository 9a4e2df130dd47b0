import { join } from "node:path";
import { expect, test } from "vitest";
import { idxNames } from "../../src/formats/idx-folder.ts";
import { loadDirectory } from "../../src/load/load-directory.ts";
import { writeBinaries } from "../support/cifar-folder.ts";
import { idx, png } from "../support/encode.ts";
import { huggingFace } from "../support/parquet.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
const at = (name: string): string => join(path, name);

async function shard(name: string, values: readonly number[]): Promise<void> {
  const rows = values.map(async (value) => ({ image: await png([value], 1, 1), label: 0 }));
  write(name, huggingFace(await Promise.all(rows)));
}

function writeIdx(): void {
  for (const [split, value] of [
    ["train", 1],
    ["test", 2],
  ] as const) {
    write(`idx/${idxNames(split).images}`, idx([1, 1, 1], [value]));
    write(`idx/${idxNames(split).labels}`, idx([1], [0]));
  }
}

test("idx files, CIFAR-10 batches and images are told apart", async () => {
  writeIdx();
  expect((await loadDirectory(at("idx"), {})).set.values).toEqual(Uint8Array.of(1));
  expect((await loadDirectory(at("idx"), { split: "test" })).set.values).toEqual(Uint8Array.of(2));
  writeBinaries("cifar", write);
  expect((await loadDirectory(at("cifar"), { split: "test" })).set.shape).toEqual([3, 32, 32]);
  write("images/a.png", await png([7], 1, 1));
  expect(await loadDirectory(at("images"), {})).toMatchObject({
    selected: true,
    set: { count: 1 },
  });
});

test("Parquet shards are taken by split, in order, from here or from data", async () => {
  for (const folder of ["hub/data", "flat"]) {
    await shard(`${folder}/train-00000-of-00002.parquet`, [1, 2]);
    await shard(`${folder}/train-00001-of-00002.parquet`, [3]);
    await shard(`${folder}/test-00000-of-00001.parquet`, [9]);
  }
  for (const folder of ["hub", "flat"]) {
    const { set } = await loadDirectory(at(folder), {});
    expect(set).toMatchObject({ name: folder, split: "train", values: Uint8Array.of(1, 2, 3) });
    const test = await loadDirectory(at(folder), { split: "test" });
    expect(test.set).toMatchObject({ split: "test", values: Uint8Array.of(9) });
  }
  await expect(loadDirectory(at("hub"), { split: "validation" })).rejects.toThrow(
    "expected the split validation, found test, train. Give split",
  );
});

test("Parquet files without splits are one set; several splits without train need a choice", async () => {
  await shard("files/b2.parquet", [2]);
  await shard("files/b10.parquet", [10]);
  expect((await loadDirectory(at("files"), {})).set).toMatchObject({
    split: undefined,
    values: Uint8Array.of(2, 10),
  });
  await shard("two/dev-00000-of-00001.parquet", [1]);
  await shard("two/test-00000-of-00001.parquet", [1]);
  await expect(loadDirectory(at("two"), {})).rejects.toThrow(
    "one split, or one named train, found dev, test",
  );
});

test("a split that idx files cannot have is refused", async () => {
  writeIdx();
  await expect(loadDirectory(at("idx"), { split: "val" })).rejects.toThrow(
    'split must be "train" or "test"',
  );
});
