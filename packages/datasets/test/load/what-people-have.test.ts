import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { AS_IS } from "@symbreak/core";
import { zipSync } from "fflate";
import sharp from "sharp";
import { expect, test } from "vitest";
import { loadDataset } from "../../src/load/load-dataset.ts";
import { bytesOf, idx, npy, png } from "../support/encode.ts";
import { huggingFace } from "../support/parquet.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
const at = (name: string): string => join(path, name);
const dot = (value: number): Promise<Uint8Array> => png([value], 1, 1);

test("folders without images do not count when splits are told from classes", async () => {
  for (const [split, value] of [
    ["training", 10],
    ["val", 20],
  ] as const)
    for (const name of ["a", "b"]) write(`mac/${split}/${name}/1.png`, await dot(value));
  write("mac/__MACOSX/training/._1.png", "resource fork");
  write("mac/docs/readme.md", "");
  const set = await loadDataset(at("mac"));
  expect(set).toMatchObject({ split: "training", classNames: ["a", "b"] });
  expect(set.values).toEqual(Uint8Array.of(10, 10));
  expect(set.ignored).toEqual({ __MACOSX: 1, ".md": 1 });
  expect(await loadDataset(at("mac"), { split: "validation" })).toMatchObject({ split: "val" });
});

test("what is no image is counted, and formats beside PNG and JPEG are read", async () => {
  const pixel = sharp({ create: { width: 2, height: 2, channels: 3, background: "#404040" } });
  for (const format of ["webp", "gif", "tiff", "avif"] as const) {
    const bytes = await pixel.clone().toFormat(format, { lossless: true }).toBuffer();
    write(`kinds/${format}/1.${format}`, new Uint8Array(bytes));
  }
  write("kinds/tiff/2.bmp", "BM");
  write("kinds/tiff/3", "no extension");
  const set = await loadDataset(at("kinds"));
  expect(set.classNames).toEqual(["avif", "gif", "tiff", "webp"]);
  expect(set.shape).toEqual([1, 2, 2]);
  for (const value of set.values) expect(Math.abs(value - 0x40)).toBeLessThanOrEqual(1);
  expect(set.ignored).toEqual({ ".bmp": 1, "no extension": 1 });
});

test("a file counts once whatever links lead to it; loops, dangling links and pipes are named", async () => {
  write("links/a/1.png", await dot(1));
  symlinkSync("..", at("links/a/up"));
  symlinkSync("1.png", at("links/a/2.png"));
  symlinkSync("nowhere.png", at("links/a/3.png"));
  execFileSync("mkfifo", [at("links/a/pipe.png")]);
  const set = await loadDataset(at("links"));
  expect(set.count).toBe(1);
  expect(set.ignored).toEqual({
    "dangling link": 1,
    "link to what is there already": 2,
    "pipe, socket or device": 1,
  });
  await expect(loadDataset(at("links/a/pipe.png"))).rejects.toThrow("found a pipe");
});

test("damaged images are named all at once, or skipped and named", async () => {
  for (const i of [1, 2, 3, 4]) write(`damage/${i}.png`, await dot(10 * i));
  write("damage/2.png", "none");
  write("damage/3.png", "");
  const error: Error = await loadDataset(at("damage")).catch((caught) => caught);
  expect(error.message).toContain("2 that are not");
  expect(error.message).toContain("2.png");
  expect(error.message).toContain("3.png");
  const set = await loadDataset(at("damage"), { skipDamaged: true });
  expect(set.values).toEqual(Uint8Array.of(10, 40));
  expect(set.damaged.map((text) => /(\d)\.png/.exec(text)![1])).toEqual(["2", "3"]);
});

test("alpha, depth and proportions that are changed are said, with the size", async () => {
  const raw = { width: 4, height: 2, channels: 4 } as const;
  const rgba = await sharp(new Uint8Array(32).fill(9), { raw }).png().toBuffer();
  write("changed/1.png", new Uint8Array(rgba));
  const deep = sharp(new Uint16Array(8).fill(257 * 5), {
    raw: { width: 4, height: 2, channels: 1 },
  });
  write("changed/2.png", new Uint8Array(await deep.toColourspace("grey16").png().toBuffer()));
  const set = await loadDataset(at("changed"), { resize: [3, 2], fit: "stretch" });
  expect(set).toMatchObject({ shape: [1, 2, 3], selection: ["resize 3×2, stretch"] });
  expect(set.notes).toEqual([
    "2 images of other proportions were stretched",
    "1 image with alpha were laid on black",
    "1 image of more than 8 bits were reduced to 8",
  ]);
  await expect(loadDataset(at("changed"), { fit: "pad" })).rejects.toThrow("without resize");
  await expect(loadDataset(at("changed"), { colour: 1 } as object)).rejects.toThrow('got "colour"');
});

test("floats that are no pixels are what they are: points, features, latents", async () => {
  const points = Float64Array.of(0.5, -2.25, 3, 4);
  write("points.npy", npy("<f8", [2, 2], bytesOf(points)));
  expect(await loadDataset(at("points.npy"))).toMatchObject({
    values: points,
    shape: [2],
    count: 2,
    units: AS_IS,
  });
  const latents = Float32Array.from({ length: 32 }, (_, i) => i / 7 - 2);
  write("latents.npy", npy("<f4", [2, 4, 2, 2], bytesOf(latents)));
  expect((await loadDataset(at("latents.npy"))).shape).toEqual([4, 2, 2]);
  const last = await loadDataset(at("latents.npy"), { layout: "NHWC" });
  expect(last.shape).toEqual([2, 4, 2]);
  expect(last.values[1]).toBe(latents[2]);
  await expect(loadDataset(at("points.npy"), { units: "symmetric" })).rejects.toThrow(
    "is of bytes",
  );
});

test("idx files with dotted names, and below MNIST/raw", async () => {
  write("kaggle/train-images.idx3-ubyte", idx([1, 1, 2], [3, 4]));
  write("kaggle/train-labels.idx1-ubyte", idx([1], [7]));
  write("torchvision/MNIST/raw/train-images-idx3-ubyte", idx([1, 1, 2], [3, 4]));
  write("torchvision/MNIST/raw/train-labels-idx1-ubyte", idx([1], [7]));
  for (const name of ["kaggle", "torchvision", "kaggle/train-images.idx3-ubyte"])
    expect(await loadDataset(at(name))).toMatchObject({
      values: Uint8Array.of(3, 4),
      labels: Uint8Array.of(7),
    });
});

test("shards with a fingerprint, or in a folder for each split, are told apart by split", async () => {
  const shard = async (value: number) => huggingFace([{ image: await dot(value), label: 0 }]);
  write("print/data/train-00000-of-00001-6ca1d2e3f4a5b6c7.parquet", await shard(1));
  write("print/data/test-00000-of-00001-0123456789abcdef.parquet", await shard(2));
  write("down/train/0000.parquet", await shard(3));
  write("down/test/0000.parquet", await shard(4));
  for (const [name, train, other] of [
    ["print", 1, 2],
    ["down", 3, 4],
  ] as const) {
    expect((await loadDataset(at(name))).values).toEqual(Uint8Array.of(train));
    const test = await loadDataset(at(name), { split: "test" });
    expect(test.values).toEqual(Uint8Array.of(other));
  }
});

test("downsampled ImageNet's batches are joined, its classes numbered from 0", async () => {
  const batch = (value: number, label: bigint) =>
    zipSync({
      "data.npy": npy("|u1", [1, 12], new Uint8Array(12).fill(value)),
      "labels.npy": npy("<i8", [1], bytesOf(BigInt64Array.of(label))),
    });
  write("imagenet/train_data_batch_1.npz", batch(5, 1n));
  write("imagenet/train_data_batch_2.npz", batch(6, 1000n));
  write("imagenet/val_data.npz", batch(7, 2n));
  const set = await loadDataset(at("imagenet"));
  expect(set).toMatchObject({ count: 2, shape: [3, 2, 2], labels: Uint16Array.of(0, 999) });
  expect((await loadDataset(at("imagenet"), { split: "val" })).values[0]).toBe(7);
});

test("batches of latents stay floats, and batches of two kinds are refused", async () => {
  const batch = (type: string, data: Uint8Array) =>
    zipSync({ "data.npy": npy(type, [1, 3], data) });
  const floats = bytesOf(Float32Array.of(1.5, -2, 7));
  write("latents/train_data_batch_1.npz", batch("<f4", floats));
  write("latents/train_data_batch_2.npz", batch("<f4", floats));
  const set = await loadDataset(at("latents"));
  expect(set).toMatchObject({ count: 2, shape: [3], units: AS_IS });
  expect(set.values).toEqual(Float32Array.of(1.5, -2, 7, 1.5, -2, 7));
  write("latents/train_data_batch_2.npz", batch("<f8", bytesOf(Float64Array.of(1.5, -2, 7))));
  await expect(loadDataset(at("latents"))).rejects.toThrow(
    "expected numbers of one kind in every batch (Float32Array, as-is), found Float64Array, as-is",
  );
});

test("CIFAR's pickles and LSUN's database are refused by name", async () => {
  write("pickles/cifar-10-batches-py/data_batch_1", "");
  write("pickles/cifar-10-batches-py/batches.meta", "");
  await expect(loadDataset(at("pickles"))).rejects.toThrow("found its Python version");
  write("lsun/data.mdb", "");
  await expect(loadDataset(at("lsun"))).rejects.toThrow("found an LMDB database");
});

test("gray images can be repeated in three channels", async () => {
  write("gray/1.png", await png([1, 2], 2, 1));
  const set = await loadDataset(at("gray"), { greyToRgb: true });
  expect(set.shape).toEqual([3, 1, 2]);
  expect(set.values).toEqual(Uint8Array.of(1, 2, 1, 2, 1, 2));
});

test("archives whose entries share bytes, and images beyond what their bytes could hold, cost no memory", async () => {
  const once = zipSync({ "x.npy": npy("|u1", [1, 1, 1], Uint8Array.of(1)) }, { level: 0 });
  const view = new DataView(once.buffer, once.byteOffset, once.byteLength);
  const end = once.length - 22;
  const central = view.getUint32(end + 16, true);
  const entry = once.slice(central, end);
  const twice = new Uint8Array([...once.slice(0, end), ...entry, ...once.slice(end)]);
  const head = new DataView(twice.buffer);
  head.setUint16(twice.length - 14, 2, true);
  head.setUint16(twice.length - 12, 2, true);
  head.setUint32(twice.length - 10, 2 * entry.length, true);
  write("overlap.npz", twice);
  await expect(loadDataset(at("overlap.npz"))).rejects.toThrow("overlaps x.npy");
});
