import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { gunzip, isGzip } from "../../src/formats/gunzip.ts";
import { idxLayout } from "../../src/formats/parse-idx.ts";
import { idx } from "../support/encode.ts";

const images = idx([1, 100, 100], new Uint8Array(10_000));

test("a gzip is known by its magic", () => {
  expect(isGzip(gzipSync("x"))).toBe(true);
  expect(isGzip(Uint8Array.of(0x1f))).toBe(false);
});

test("gunzip unpacks exactly what the content's own header promises", () => {
  expect(gunzip(gzipSync(images), "images.gz", idxLayout)).toEqual(images);
});

test("a bomb behind an honest header stops at the length the header gives", () => {
  const bomb = gzipSync(Buffer.concat([images, Buffer.alloc(50_000_000)]));
  expect(() => gunzip(bomb, "bomb.gz", idxLayout)).toThrow(
    "bomb.gz: expected a gzip of 10016 bytes, found more",
  );
});

test("a header that promises more than deflate can hold is refused before anything is unpacked", () => {
  const lie = gzipSync(idx([60_000, 28, 28], []));
  const most = lie.length * 1032;
  expect(() => gunzip(lie, "lie.gz", idxLayout)).toThrow(
    `lie.gz, byte 0: expected at most ${most} bytes once unpacked (from ${lie.length}), found a header that says 47040016`,
  );
});

test("nothing larger than 2 GiB is unpacked", () => {
  const lie = Buffer.concat([gzipSync(idx([50_000, 256, 256], [])), Buffer.alloc(4_000_000)]);
  expect(() => gunzip(lie, "large.gz", idxLayout)).toThrow("at most 2147483647 bytes");
});

test("a truncated or damaged gzip is named", () => {
  const whole = gzipSync(images);
  expect(() => gunzip(whole.subarray(0, whole.length - 9), "cut.gz", idxLayout)).toThrow(
    "cut.gz: expected a gzip of 10016 bytes, found a damaged one (unexpected end of file)",
  );
  expect(() => gunzip(whole.subarray(0, 5), "cut.gz", idxLayout)).toThrow("found an empty file");
  const flipped = new Uint8Array(whole);
  flipped[whole.length - 6]! ^= 1;
  expect(() => gunzip(flipped, "crc.gz", idxLayout)).toThrow("incorrect data check");
});
