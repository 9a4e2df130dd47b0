import { expect, test } from "vitest";
import { scatterProduct } from "../../src/linalg/index.ts";

test.each([
  [1, 1],
  [50, 13],
  [700, 784],
])("the scatter product of %i × %i bytes equals the sums in plain loops", (count, size) => {
  const values = Uint8Array.from({ length: count * size }, (_, i) =>
    (i * 2654435761) % 97 < 60 ? 0 : (i * 40503) % 256,
  );
  const mean = new Float64Array(size);
  for (let i = 0; i < values.length; i++) mean[i % size]! += values[i]! / count;
  const w = Float64Array.from({ length: size }, (_, j) => Math.cos(j));
  const expected = new Float64Array(size);
  for (let i = 0; i < count; i++) {
    let along = 0;
    for (let j = 0; j < size; j++) along += (values[i * size + j]! - mean[j]!) * w[j]!;
    for (let j = 0; j < size; j++) expected[j]! += along * values[i * size + j]!;
  }
  const apply = scatterProduct(values, size);
  for (const found of [apply(w, mean), apply(w, mean)]) {
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    found.forEach((value, j) => {
      expect(Math.abs(value - expected[j]!)).toBeLessThan(1e-13 * largest);
    });
  }
});
