import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { DatasetError } from "../../src/dataset-error.ts";
import { readZip } from "../../src/formats/zip.ts";
import { damaged, validOrRefused } from "../support/fuzz.ts";

const hello = strToU8("hello ".repeat(50));
const archive = zipSync({ "a.txt": hello, "folder/b.bin": [Uint8Array.of(1, 2, 3), { level: 0 }] });

const contents = (bytes: Uint8Array): Record<string, Uint8Array> =>
  Object.fromEntries(readZip(bytes, "x.zip").map(({ name, read }) => [name, read()]));

test("stored and deflated files are unpacked", () => {
  expect(contents(archive)).toEqual({ "a.txt": hello, "folder/b.bin": Uint8Array.of(1, 2, 3) });
});

test("an archive may end with a comment", () => {
  const commented = Uint8Array.of(...archive, ...strToU8("note"));
  new DataView(commented.buffer).setUint16(archive.length - 2, 4, true);
  expect(Object.keys(contents(commented))).toEqual(["a.txt", "folder/b.bin"]);
});

test("ZIP64 records are followed for counts, sizes and places", () => {
  expect(contents(toZip64(zipSync({ "a.txt": hello })))).toEqual({ "a.txt": hello });
});

test("an empty archive has no files", () => {
  expect(readZip(zipSync({}), "x.zip")).toEqual([]);
});

test("a wrong checksum is an error", () => {
  const broken = archive.slice();
  broken[findBytes(broken, [1, 2, 3])] = 9;
  expect(() => contents(broken)).toThrow(/x\.zip\/folder\/b\.bin: expected content with CRC-32/);
});

test("a directory that lies about sizes is refused, and a bomb stops at the size it admits", () => {
  const bomb = zipSync({ "bomb.npy": [new Uint8Array(20_000_000), { level: 9 }] });
  const small = bomb.slice();
  const entry = findBytes(small, [0x50, 0x4b, 1, 2]);
  new DataView(small.buffer).setUint32(entry + 24, 100, true);
  expect(() => contents(small)).toThrow("x.zip/bomb.npy: expected deflated data of 100 bytes");
  const large = bomb.slice();
  new DataView(large.buffer).setUint32(entry + 24, 0xfffffff0, true);
  expect(() => contents(large)).toThrow("expected at most");
});

test("encrypted files and unknown methods are refused by name", () => {
  const entry = findBytes(archive, [0x50, 0x4b, 1, 2]);
  const encrypted = archive.slice();
  encrypted[entry + 8]! |= 1;
  expect(() => contents(encrypted)).toThrow("expected a file without a password");
  const lzma = archive.slice();
  lzma[entry + 10] = 14;
  expect(() => contents(lzma)).toThrow("expected stored or deflated bytes, found method 14");
});

test("what is not a zip archive is refused", () => {
  expect(() => readZip(new Uint8Array(0), "x.zip")).toThrow("not a zip archive");
  expect(() => readZip(archive.subarray(0, -5), "x.zip")).toThrow(DatasetError);
});

test("any truncation or flipped bits give the files unchanged, or a DatasetError", async () => {
  await fc.assert(
    fc.asyncProperty(damaged(archive), (bytes) =>
      validOrRefused(
        () => Object.values(contents(bytes)),
        (files) => {
          for (const file of files) expect([[...hello], [1, 2, 3]]).toContainEqual([...file]);
        },
      ),
    ),
    { numRuns: 2000 },
  );
});

function findBytes(bytes: Uint8Array, wanted: readonly number[]): number {
  return Buffer.from(bytes).indexOf(Buffer.from(wanted));
}

/** Rewrites an archive of one file so that every field that can points to a ZIP64 record. */
function toZip64(zip: Uint8Array): Uint8Array {
  const source = Buffer.from(zip);
  const start = source.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const end = source.indexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const nameLength = source.readUInt16LE(start + 28);
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  for (const [i, field] of [24, 20, 42].entries()) {
    extra.writeBigUInt64LE(BigInt(source.readUInt32LE(start + field)), 4 + 8 * i);
  }
  const entry = Buffer.from(source.subarray(start, start + 46 + nameLength));
  for (const field of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, field);
  entry.writeUInt16LE(extra.length, 30);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(1n, 24);
  record.writeBigUInt64LE(1n, 32);
  record.writeBigUInt64LE(BigInt(entry.length + extra.length), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + entry.length + extra.length), 8);
  locator.writeUInt32LE(1, 16);
  const last = Buffer.from(source.subarray(end));
  last.writeUInt16LE(0xffff, 8);
  last.writeUInt16LE(0xffff, 10);
  last.writeUInt32LE(0xffffffff, 12);
  last.writeUInt32LE(0xffffffff, 16);
  return new Uint8Array(
    Buffer.concat([source.subarray(0, start), entry, extra, record, locator, last]),
  );
}
