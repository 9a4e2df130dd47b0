import { expect, test } from "vitest";
import { crc32c } from "../../../src/node/run/crc32c.ts";

const bytes = (fill: (i: number) => number) => Uint8Array.from({ length: 32 }, (_, i) => fill(i));

test("the check values of RFC 3720 and of the catalogue", () => {
  expect(crc32c(bytes(() => 0))).toBe(0x8a9136aa);
  expect(crc32c(bytes(() => 0xff))).toBe(0x62a8ab43);
  expect(crc32c(bytes((i) => i))).toBe(0x46dd794e);
  expect(crc32c(bytes((i) => 31 - i))).toBe(0x113fdb5c);
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
});
