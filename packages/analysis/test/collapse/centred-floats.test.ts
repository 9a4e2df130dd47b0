import { dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { centredFloats } from "../../src/collapse/centred-floats.ts";

test("bytes become floats about their mean, in the model's units", () => {
  const data = dataOf(Uint8Array.of(0, 10, 4, 30), [2], { name: "test", a: [0.5], b: [7] });
  expect(Array.from(centredFloats("test", data))).toEqual([-1, -5, 1, 5]);
});

test("a value that is not finite is refused", () => {
  const data = dataOf(Float32Array.of(1, Number.NaN), [1]);
  expect(() => centredFloats("test", data)).toThrow("sample 1, coordinate 0");
});
