import { expect, test } from "vitest";
import { allocate } from "../src/index.ts";

test("allocate keeps the element type and fills with zeros", () => {
  expect(allocate(Float32Array.of(1, 2))).toEqual(new Float32Array(2));
  expect(allocate(Float64Array.of(1, 2), 3)).toEqual(new Float64Array(3));
});
