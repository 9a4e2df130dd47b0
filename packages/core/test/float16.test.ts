import { expect, test } from "vitest";
import { fromFloat16, toFloat16 } from "../src/index.ts";

test("every half precision number comes back from its float32, bit for bit", () => {
  const all = Uint16Array.from({ length: 65536 }, (_, i) => i).filter(
    (bits) => (bits & 0x7c00) !== 0x7c00 || (bits & 1023) === 0,
  );
  expect(toFloat16(fromFloat16(all))).toEqual(all);
});

test("known values, rounding to even, and the ends of the range", () => {
  expect(Array.from(toFloat16([1, -2, 0.1, 65504, 65519.9, 65520, 2 ** -24, 2 ** -25]))).toEqual([
    0x3c00, 0xc000, 0x2e66, 0x7bff, 0x7bff, 0x7c00, 0x0001, 0x0000,
  ]);
  expect(Array.from(toFloat16([1 + 2 ** -11, 1 + 3 * 2 ** -11]))).toEqual([0x3c00, 0x3c02]);
  expect(toFloat16([Number.NaN])[0]! & 0x7fff).toBeGreaterThan(0x7c00);
});
