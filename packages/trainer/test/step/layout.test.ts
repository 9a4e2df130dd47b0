import { expect, test } from "vitest";
import { packWeights, unpackWeights } from "../../src/index.ts";

const layout = { a: [2, 2], b: [], c: [3] };
const weights = {
  c: Float32Array.of(6, 7, 8),
  a: Float32Array.of(1, 2, 3, 4),
  b: Float32Array.of(5),
};

test("weights are packed in the layout's order, and come back", () => {
  const vector = packWeights(layout, weights);
  expect(vector).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  expect(unpackWeights(layout, vector)).toEqual(weights);
});

test("weights that do not fit are refused by name", () => {
  expect(() => packWeights(layout, { ...weights, b: new Float32Array(2) })).toThrow(
    '"b" must have 1 values, got 2',
  );
  expect(() => packWeights(layout, { ...weights, d: new Float32Array(2) })).toThrow('got "d"');
  expect(() => unpackWeights(layout, new Float32Array(7))).toThrow("vector must have 8 values");
});
