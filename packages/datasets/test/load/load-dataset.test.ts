import { join } from "node:path";
import { SYMMETRIC } from "@symbreak/core";
import { expect, test } from "vitest";
import { loadDataset } from "../../src/load/load-dataset.ts";
import { idx, npy, png } from "../support/encode.ts";
import { huggingFace } from "../support/parquet.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();

test("a name loads the published set, selects and shapes it", async () => {
  const set = await loadDataset("mnist", { split: "test", classes: [3], limit: 10, pad: 32 });
  expect(set).toMatchObject({
    name: "mnist",
    split: "test",
    count: 10,
    shape: [1, 32, 32],
    selection: ["classes 3", "first 10", "pad 32"],
  });
  expect(Array.from(set.labels!)).toEqual(new Array(10).fill(3));
});

test("the same options work on a folder, a Parquet file and an array", async () => {
  const colours = [
    [10, 20, 30],
    [40, 50, 60],
    [70, 80, 90],
  ];
  const pngs = await Promise.all(colours.map((rgb) => png([...rgb, ...rgb], 2, 3)));
  for (const [i, bytes] of pngs.entries()) write(`images/${i % 2}/${i}.png`, bytes);
  write("set.parquet", huggingFace(pngs.map((image, i) => ({ image, label: i % 2 }))));
  write(
    "set.npy",
    npy(
      "|u1",
      [2, 1, 2, 3],
      Uint8Array.from([colours[0]!, colours[0]!, colours[2]!, colours[2]!].flat()),
    ),
  );
  const shaping = { resize: 2, channel: 1, pad: 3, padValue: 255 };
  const chosen = { ...shaping, classes: [0] };
  const sets = [
    await loadDataset(join(path, "images"), chosen),
    await loadDataset(join(path, "set.parquet"), chosen),
    await loadDataset(join(path, "set.npy"), { ...shaping, layout: "NHWC" }),
  ];
  for (const set of sets) {
    expect(set.shape).toEqual([1, 3, 3]);
    expect(Array.from(set.values)).toEqual(
      [20, 80].flatMap((green) => [green, green, 255, green, green, 255, 255, 255, 255]),
    );
    expect(set.selection!.slice(-3)).toEqual(["resize 2", "channel 1", "pad 3 with 255"]);
  }
});

test("options that the data would ignore are refused", async () => {
  const file = write("plain.idx3-ubyte", idx([1, 1, 1], [1]));
  const wrong = [
    ["mnist", { range: [0, 1] }, "range must be left out for mnist, got [0, 1]"],
    [file, { directory: "elsewhere" }, "directory must be left out for a path"],
    [file, { split: "train" }, "split must be left out for a single file"],
    [file, { layout: "NCHW" }, "layout must be left out for files of the format idx"],
    [file, { padValue: 3 }, "padValue must be left out for images that are not padded"],
    ["mnist", { split: "val" }, 'split must be "train" or "test"'],
  ] as const;
  for (const [data, options, message] of wrong) {
    await expect(loadDataset(data, options)).rejects.toThrow(message);
  }
});

test("what is neither a name nor a path says what there is", async () => {
  await expect(loadDataset("minst")).rejects.toThrow(
    "minst: expected a data set's name (mnist, fashion-mnist, cifar10) or the path of a file or folder, found ENOENT",
  );
});

test("units are symmetric unless another name is given, whose statistics are those of what was loaded", async () => {
  const file = write("two.idx3-ubyte", idx([2, 1, 2], [0, 255, 255, 255]));
  expect((await loadDataset(file)).units).toEqual(SYMMETRIC);
  const { units } = await loadDataset(file, { limit: 1, units: "zscore" });
  expect(units).toEqual({ name: "zscore", a: [1 / 127.5], b: [-1] });
});
