import { expect, test } from "vitest";
import { canonicalJson } from "../../src/json/canonical-json.ts";
import { packed, unpacked } from "../../src/json/packed.ts";

test("arrays and numbers come back bit for bit, through text", () => {
  const value = {
    bytes: Uint8Array.of(0, 255, 7),
    floats: Float32Array.of(1 / 3, Number.NaN, -Infinity, -0),
    doubles: new Float64Array(20_000).map((_, i) => Math.sin(i) * 10 ** ((i % 600) - 300)),
    labels: Int32Array.of(-1, 2 ** 31 - 1),
    // Not from the start of its buffer.
    part: new Float32Array([9, 1.5, 2.5]).subarray(1),
    empty: new Float64Array(0),
    numbers: [Number.NaN, Infinity, -Infinity, -0, 0, 1e-320],
    plain: { text: "x", none: null, yes: true },
  };
  const back = unpacked(JSON.parse(canonicalJson(packed(value)))) as typeof value;
  expect(back).toEqual(value);
  expect(Object.is(back.numbers[3], -0)).toBe(true);
  for (const [key, array] of Object.entries(value))
    if (ArrayBuffer.isView(array)) {
      const again = back[key as "floats"];
      expect([key, again.constructor]).toEqual([key, array.constructor]);
      const bits = (of: ArrayBufferView) =>
        Array.from(new Uint8Array(of.buffer, of.byteOffset, of.byteLength));
      expect(bits(again)).toEqual(bits(array));
    }
});

test("other arrays, and damaged ones, are refused by name", () => {
  expect(() => packed({ a: new Int8Array(2) })).toThrow('got "Int8Array"');
  expect(() => unpacked({ $array: "Int8Array", base64: "" })).toThrow('got "Int8Array"');
  expect(() => unpacked({ $array: "toString", base64: "" })).toThrow('got "toString"');
  expect(() => unpacked({ $array: "Float32Array", base64: "AAA=" })).toThrow("whole numbers");
});
