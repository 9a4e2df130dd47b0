import fc from "fast-check";
import { expect, test } from "vitest";
import { multiply } from "../../src/index.ts";
import { largestGap, normals, plainProduct } from "./support.ts";

const transpose = (matrix: Float64Array, rows: number, columns: number) =>
  matrix.map((_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!);

test("the product is that of three plain loops, for any shape, straight or transposed", () => {
  const dimension = fc.integer({ min: 1, max: 11 });
  fc.assert(
    fc.property(dimension, dimension, dimension, (rows, inner, columns) => {
      const [a, b] = [normals(rows * inner, 1), normals(inner * columns, 2)];
      const expected = plainProduct(a, b, { rows, inner, columns });
      expect(largestGap(multiply(a, b, { rows, inner, columns }), expected)).toBeLessThan(1e-13);
      const turned = transpose(b, inner, columns);
      const product = multiply(a, turned, { rows, inner, columns, transposeB: true });
      expect(largestGap(product, expected)).toBeLessThan(1e-13);
    }),
  );
});

test("tiles and depths larger than a block join without a seam", () => {
  const [rows, inner, columns] = [197, 801, 99];
  const [a, b] = [normals(rows * inner, 3), normals(inner * columns, 4)];
  const expected = plainProduct(a, b, { rows, inner, columns });
  expect(largestGap(multiply(a, b, { rows, inner, columns }), expected)).toBeLessThan(1e-11);
});

test("float32 operands accumulate in double and round once", () => {
  const a = Float32Array.of(1, 2 ** -20, 2 ** -20);
  const ones = Float32Array.of(1, 1, 1);
  const product = multiply(a, ones, { rows: 1, inner: 3, columns: 1 });
  expect(product).toBeInstanceOf(Float32Array);
  expect(product[0]).toBe(Math.fround(1 + 2 ** -19));
  const cancelling = Float32Array.of(2 ** 25, 1, -(2 ** 25));
  expect(multiply(cancelling, ones, { rows: 1, inner: 3, columns: 1 })[0]).toBe(1);
});

test("operands of the wrong size are refused by name", () => {
  const [a, b] = [new Float64Array(6), new Float64Array(7)];
  expect(() => multiply(a, b, { rows: 2, inner: 3, columns: 2 })).toThrow(
    /multiply: b must have 3 × 2/,
  );
  expect(() => multiply(b, a, { rows: 2, inner: 3, columns: 2 })).toThrow(
    /multiply: a must have 2 × 3/,
  );
});
