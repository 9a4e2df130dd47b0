import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CIFAR_SIZE,
  cifarBinary,
  parseCifarLabels,
  readCifarBinary,
  readCifarSheet,
} from "../../src/formats/cifar.ts";
import { png } from "../support/encode.ts";
import { damaged, validOrRefused } from "../support/fuzz.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const pattern = (i: number): number => (i * 7 + 3) % 256;
const batch = {
  images: Uint8Array.from({ length: 2 * CIFAR_SIZE }, (_, i) => pattern(i)),
  labels: Uint8Array.of(6, 9),
};

test("a record is a label byte and 3072 bytes, channels first", async () => {
  const bytes = cifarBinary(batch);
  expect(bytes.length).toBe(2 * 3073);
  expect([bytes[0], bytes[1], bytes[3073]]).toEqual([6, pattern(0), 9]);
  expect(await readCifarBinary(folder.write("a.bin", bytes))).toEqual(batch);
});

test("a file that ends within a record is refused", async () => {
  const file = folder.write("cut.bin", cifarBinary(batch).subarray(0, 5000));
  await expect(readCifarBinary(file)).rejects.toThrow(
    `${file}, byte 3073: expected whole records of 3073 bytes (a label and 3×32×32 pixels), found 1927 bytes more`,
  );
  await expect(readCifarBinary(folder.write("none.bin", ""))).rejects.toThrow("found 0 bytes more");
});

test("a label beyond 9 is named with its place", async () => {
  const file = folder.write("label.bin", cifarBinary({ ...batch, labels: Uint8Array.of(1, 10) }));
  await expect(readCifarBinary(file)).rejects.toThrow(
    "byte 3073: expected a label of 0 to 9, found 10",
  );
});

test("a row of a sheet is one image, pixel by pixel", async () => {
  const pixels = Uint8Array.from({ length: 2 * CIFAR_SIZE }, (_, i) => pattern(i));
  const sheet = { bytes: await png(pixels, 1024, 3), file: "sheet.png" };
  const { images } = await readCifarSheet(sheet, batch.labels);
  for (const [image, pixel, channel] of [
    [0, 0, 0],
    [0, 1023, 2],
    [1, 33, 1],
  ] as const) {
    const found = images[image * CIFAR_SIZE + channel * 1024 + pixel];
    expect(found).toBe(pattern(image * CIFAR_SIZE + pixel * 3 + channel));
  }
  await expect(readCifarSheet(sheet, Uint8Array.of(1))).rejects.toThrow(
    "sheet.png, byte 16: expected 1024 × 1 pixels, a row for each label, found 1024 × 2",
  );
});

test("labels are a JSON list of 0 to 9", () => {
  const parse = (text: string) => parseCifarLabels(Buffer.from(text), "l.json");
  expect(parse("[6,9,9]")).toEqual(Uint8Array.of(6, 9, 9));
  expect(() => parse("[6,9")).toThrow("l.json: expected a JSON list of class numbers");
  expect(() => parse('{"a":1}')).toThrow("found object");
  expect(() => parse("[6,-1]")).toThrow("expected a label of 0 to 9, found -1");
  expect(() => parse('["6"]')).toThrow("found 6");
});

test("any truncation or flipped bits give whole records, or a DatasetError", async () => {
  await fc.assert(
    fc.asyncProperty(damaged(cifarBinary(batch)), (bytes) =>
      validOrRefused(
        () => readCifarBinary(folder.write("damaged.bin", bytes)),
        ({ images, labels }) => expect(images.length).toBe(labels.length * CIFAR_SIZE),
      ),
    ),
    { numRuns: 100 },
  );
});
