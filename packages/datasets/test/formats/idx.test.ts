import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readIdx } from "../../src/formats/idx.ts";
import { parseIdx } from "../../src/formats/parse-idx.ts";
import { idx } from "../support/encode.ts";
import { damaged, validOrRefused } from "../support/fuzz.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const two = idx([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

test("an idx file is its shape and its bytes, without a copy", () => {
  const { shape, data } = parseIdx(two, "two");
  expect(shape).toEqual([2, 2, 3]);
  expect(data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  expect(data.buffer).toBe(two.buffer);
});

test("a gzipped idx file is the same array", async () => {
  const file = folder.write("two.gz", gzipSync(two));
  expect(await readIdx(file, 3)).toEqual(parseIdx(two, file));
});

test("a gzip of several members is one file", async () => {
  const parts = [gzipSync(two.subarray(0, 20)), gzipSync(two.subarray(20))];
  const file = folder.write("members.gz", Buffer.concat(parts));
  expect((await readIdx(file, 3)).data).toEqual(parseIdx(two, file).data);
});

test("a wrong magic is named with its offset and what was found", () => {
  expect(() => parseIdx(Uint8Array.of(0, 0, 13, 3, 0, 0), "floats")).toThrow(
    "floats, byte 0: expected an idx header of unsigned bytes (00 00 08, then the number of dimensions), found 00 00 0d 03",
  );
  expect(() => parseIdx(new Uint8Array(0), "empty")).toThrow("found an empty file");
});

test("a truncated file says how many bytes its header promises", () => {
  expect(() => parseIdx(two.subarray(0, 20), "cut")).toThrow(
    "cut, byte 16: expected 12 bytes of data (2 × 2 × 3, says the header), found 4",
  );
  expect(() => parseIdx(two.subarray(0, 9), "cut")).toThrow(
    "cut, byte 9: expected 16 bytes of header for 3 dimensions, found the end of the file after 9",
  );
});

test("bytes behind the end are refused as well", () => {
  expect(() => parseIdx(Uint8Array.of(...two, 0), "long")).toThrow("expected 12 bytes of data");
});

test("dimensions beyond any file are refused without being allocated", () => {
  const lie = idx([0xffffffff, 0xffffffff, 0xffffffff], []);
  expect(() => parseIdx(lie, "lie")).toThrow("4294967295 × 4294967295 × 4294967295");
  expect(() => parseIdx(Uint8Array.of(0, 0, 8, 255), "lie")).toThrow("255 dimensions");
});

test("labels are not taken for images, nor the other way round", async () => {
  const file = folder.write("labels", idx([2], [1, 2]));
  await expect(readIdx(file, 3)).rejects.toThrow("byte 3: expected 3 dimensions (images), found 1");
  await expect(readIdx(folder.write("images", two), 1)).rejects.toThrow("1 dimension (labels)");
});

test("a digest that does not match is an error", async () => {
  const file = folder.write("two", two);
  await expect(readIdx(file, 3, "00")).rejects.toThrow("expected content with sha256 00, found");
});

test("any truncation or flipped bits give an array that fits its shape, or a DatasetError", async () => {
  const whole = ({ shape, data }: { shape: readonly number[]; data: Uint8Array }) =>
    expect(data.length).toBe(shape.reduce((product, n) => product * n, 1));
  await fc.assert(
    fc.asyncProperty(damaged(two, 16), (bytes) =>
      validOrRefused(() => parseIdx(bytes, "damaged"), whole),
    ),
    { numRuns: 1000 },
  );
  await fc.assert(
    fc.asyncProperty(damaged(gzipSync(two)), (bytes) =>
      validOrRefused(() => readIdx(folder.write("damaged.gz", bytes), 3), whole),
    ),
    { numRuns: 200 },
  );
});
