import { sizeOf } from "@symbreak/core";
import fc from "fast-check";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { readNpyImages, readNpzImages } from "../../src/formats/npz.ts";
import { parseNpz } from "../../src/formats/parse-npz.ts";
import { bytesOf, npy } from "../support/encode.ts";
import { damaged, validOrRefused } from "../support/fuzz.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const images = npy("|u1", [2, 2, 2], Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
const labels = npy("<i8", [2], bytesOf(BigInt64Array.of(3n, 1n)));
const archive = (arrays: Record<string, Uint8Array>): string => {
  const files = Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes]);
  return folder.write("set.npz", zipSync(Object.fromEntries(files)));
};

/** numpy.savez_compressed(x_train=arange(32).reshape(2, 4, 4), y_train=[7, 3]) of NumPy 2.4: ZIP64 local headers. */
const NUMPY =
  "UEsDBC0AAAAIAAAAIQAjT7v7//////////8LABQAeF90cmFpbi5ucHkBABAAoAAAAAAAAABoAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CiZApKmjUKtAHuBiYGRiZmFlY+fg5OLm4eXjFxAUEhYRFROXkJSSlpGVkwcAUEsDBC0AAAAIAAAAIQB2lSd2//////////8LABQAeV90cmFpbi5ucHkBABAAkAAAAAAAAABKAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQoUAC52BghghtIAUEsBAi0DLQAAAAgAAAAhACNPu/toAAAAoAAAAAsAAAAAAAAAAAAAAIABAAAAAHhfdHJhaW4ubnB5UEsBAi0DLQAAAAgAAAAhAHaVJ3ZKAAAAkAAAAAsAAAAAAAAAAAAAAIABpQAAAHlfdHJhaW4ubnB5UEsFBgAAAAACAAIAcgAAACwBAAAAAA==";

test("an archive that NumPy compressed is read", async () => {
  const file = folder.write("numpy.npz", Buffer.from(NUMPY, "base64"));
  const set = await readNpzImages(file);
  expect(set).toMatchObject({ name: "numpy", split: "train", count: 2, shape: [1, 4, 4] });
  expect(set.values).toEqual(Uint8Array.from({ length: 32 }, (_, i) => i));
  expect(set.labels).toEqual(Uint8Array.of(7, 3));
});

test("the usual names are known, in any case, with a split or without", async () => {
  for (const [x, y] of [
    ["images", "labels"],
    ["X", "Y"],
    ["data", "targets"],
    ["arr_0", "arr_1"],
  ] as const) {
    const set = await readNpzImages(archive({ [x]: images, [y]: labels }));
    expect(set.split).toBeUndefined();
    expect(set.labels).toEqual(Uint8Array.of(3, 1));
  }
  const both = archive({ test_images: images, test_labels: labels, train_images: images });
  expect((await readNpzImages(both)).split).toBe("train");
  expect((await readNpzImages(both)).labels).toBeUndefined();
  expect((await readNpzImages(both, { split: "test" })).labels).toEqual(Uint8Array.of(3, 1));
});

test("a single array needs no name", async () => {
  expect((await readNpzImages(archive({ faces: images }))).count).toBe(2);
});

test("names that are not understood are listed", async () => {
  const file = archive({ mu: images, sigma: images });
  await expect(readNpzImages(file)).rejects.toThrow(
    `${file}: expected an array named images, x, data or arr_0, found mu, sigma`,
  );
  await expect(readNpzImages(file, { split: "test" })).rejects.toThrow("x_test or test_images");
  await expect(readNpzImages(archive({}))).rejects.toThrow("found none");
});

test("an array inside an archive is named with it", async () => {
  const file = archive({ images, labels: npy("<i8", [3], new Uint8Array(24)) });
  await expect(readNpzImages(file)).rejects.toThrow(`${file}/labels: expected 2 labels`);
  const cut = archive({ images: images.subarray(0, -1) });
  await expect(readNpzImages(cut)).rejects.toThrow(`${cut}/images.npy, byte`);
});

test("a .npy file is images without labels", async () => {
  const set = await readNpyImages(folder.write("faces.npy", images));
  expect(set).toMatchObject({ name: "faces", labels: undefined, count: 2, shape: [1, 2, 2] });
});

test("parseNpz reads each array when asked", () => {
  const arrays = parseNpz(zipSync({ "labels.npy": labels, "images.npy": images }), "set.npz");
  expect([...arrays.keys()]).toEqual(["labels", "images"]);
  expect(arrays.get("labels")!().data).toEqual(Float64Array.of(3, 1));
});

test("any truncation or flipped bits give a set that fits its shape, or a DatasetError", async () => {
  const whole = zipSync({ "images.npy": images, "labels.npy": [labels, { level: 0 }] });
  await fc.assert(
    fc.asyncProperty(damaged(whole), (bytes) =>
      validOrRefused(
        () => readNpzImages(folder.write("damaged.npz", bytes)),
        (set) => expect(set.values.length).toBe(set.count * sizeOf(set.shape)),
      ),
    ),
    { numRuns: 300 },
  );
});
