import { expect, test } from "vitest";
import { plainBytes } from "../../src/formats/plain-bytes.ts";

test("a slice of plain bytes is a copy", () => {
  const buffer = Buffer.from([1, 2, 3]).subarray(1);
  const plain = plainBytes(buffer);
  expect(plain).toEqual(Uint8Array.of(2, 3));
  plain.slice(0, 1)[0] = 9;
  expect(buffer[0]).toBe(2);
});
