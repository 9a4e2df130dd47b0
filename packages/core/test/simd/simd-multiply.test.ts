import { expect, test } from "vitest";
import { multiply, simdMultiply } from "../../src/index.ts";

const waves = (length: number, frequency: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => Math.sin(frequency * i));

test.each([
  [300, 700, 259],
  [1, 70_000, 1],
  [5, 1025, 300],
  [513, 3, 60],
  [2, 2, 2],
])("simdMultiply of %i × %i × %i is the plain product", (rows, inner, columns) => {
  const [a, b] = [waves(rows * inner, 0.37), waves(inner * columns, 0.53)];
  for (const transposeB of [false, true]) {
    const shape = { rows, inner, columns, transposeB };
    const [found, plain] = [simdMultiply(a, b, shape), multiply(a, b, shape)];
    const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - plain[i]!)), 0);
    expect(worst).toBeLessThan(1e-15 * inner);
  }
});

test("the result has the type of the first factor", () => {
  const shape = { rows: 64, inner: 64, columns: 64 };
  const a = Float32Array.from(waves(4096, 0.1));
  expect(simdMultiply(a, waves(4096, 0.2), shape)).toBeInstanceOf(Float32Array);
});

test("a wrong length is named", () => {
  const shape = { rows: 64, inner: 64, columns: 64 };
  expect(() => simdMultiply(waves(4095, 0.1), waves(4096, 0.2), shape)).toThrow(
    "simdMultiply: a must have 64 × 64 elements, got 4095",
  );
});
