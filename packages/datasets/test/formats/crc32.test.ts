import { crc32 as byNode } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "../../src/formats/crc32.ts";

test("the check value of the catalogue of CRCs, and zlib's for any bytes", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(crc32(bytes)).toBe(byNode(bytes));
    }),
  );
});
