import { expect, test } from "vitest";
import { float32Products, float64Products, int16Products } from "../../src/linalg/index.ts";

/** Deterministic integers in [−300, 300). */
const integers = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, i) => ((i * 7919 + seed * 104729) % 600) - 300);

function fill(
  into: Int16Array | Float32Array | Float64Array,
  stride: number,
  inner: number,
  from: number[],
): void {
  from.forEach((value, i) => {
    into[Math.floor(i / inner) * stride + (i % inner)] = value;
  });
}

test.each([
  [1, 1, 1],
  [4, 8, 2],
  [7, 13, 5],
  [130, 700, 90],
])("int16 products of %i × %i with %i rows are exact", (rows, inner, columns) => {
  const products = int16Products(rows, inner, columns);
  const [a, b] = [integers(rows * inner, 1), integers(columns * inner, 2)];
  fill(products.a, products.stride, inner, a);
  fill(products.b, products.stride, inner, b);
  products.run();
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[j * inner + k]!;
      expect(products.c[i * products.cStride + j]).toBe(sum);
    }
});

test("a symmetric product fills the upper triangle, and adds up over runs", () => {
  const [rows, inner] = [150, 1000];
  const products = float64Products(rows, inner);
  const values = integers(rows * inner, 3);
  fill(products.a, products.stride, inner, values);
  expect(products.b).toEqual(products.a);
  products.run();
  products.run(rows - 30);
  for (let i = 0; i < rows; i++)
    for (let j = i; j < rows; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += values[i * inner + k]! * values[j * inner + k]!;
      if (j < rows - 30) expect(products.c[i * products.cStride + j]).toBe(2 * sum);
    }
});

test("equal rows give equal bits wherever they stand", () => {
  const products = float64Products(9, 77, 6);
  const row = Array.from({ length: 77 }, (_, k) => Math.sin(k));
  for (let i = 0; i < 9; i++) products.a.set(row, i * products.stride);
  for (let j = 0; j < 6; j++) products.b.set(row, j * products.stride);
  products.run();
  for (let i = 0; i < 9; i++)
    for (let j = 0; j < 6; j++) expect(products.c[i * products.cStride + j]).toBe(products.c[0]);
});

test("products in single precision are within their bound", () => {
  const [rows, inner, columns] = [13, 784, 7];
  const products = float32Products(rows, inner, columns);
  const wave = (i: number) => Math.fround(Math.sin(1.7 * i) + 0.3);
  const a = Array.from({ length: rows * inner }, (_, i) => wave(i));
  const b = Array.from({ length: columns * inner }, (_, i) => wave(3 * i + 1));
  fill(products.a, products.stride, inner, a);
  fill(products.b, products.stride, inner, b);
  products.run();
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let [sum, size] = [0, 0];
      for (let k = 0; k < inner; k++) {
        const product = a[i * inner + k]! * b[j * inner + k]!;
        sum += product;
        size += Math.abs(product);
      }
      const error = Math.abs(products.c[i * products.cStride + j]! - sum);
      expect(error).toBeLessThanOrEqual((inner / 4 + 4) * 2 ** -24 * size);
    }
});
