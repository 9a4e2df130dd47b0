import { expect, test } from "vitest";
import { clip, dynamicThreshold } from "../src/index.ts";

test("clip clamps to its range, 1 by default", () => {
  const batch = Float32Array.of(-3, -0.5, 0.9, 2);
  clip().apply(batch, 2);
  expect([...batch]).toEqual([-1, -0.5, Math.fround(0.9), 1]);
  clip(0.25).apply(batch, 2);
  expect([...batch]).toEqual([-0.25, -0.25, 0.25, 0.25]);
  expect(() => clip(0)).toThrow("clip: range must be positive, got 0");
});

test("dynamicThreshold scales each sample by its own quantile", () => {
  // |x0| sorted: 0, 1, 2, 3, 4; the quantile 0.9 lies at position 3.6.
  const batch = Float64Array.of(0, -1, 2, -3, 4, 0.1, 0.2, -0.3, 0.4, 0.5);
  dynamicThreshold({ ratio: 0.9, max: 10 }).apply(batch, 5);
  expect([...batch.subarray(0, 5)]).toEqual([0, -1 / 3.6, 2 / 3.6, -3 / 3.6, 1]);
  // A sample within [−1, 1] stays as it is.
  expect([...batch.subarray(5)]).toEqual([0.1, 0.2, -0.3, 0.4, 0.5]);
});

test("dynamicThreshold with its default max is clipping", () => {
  const batch = Float64Array.of(-3, 0.5, 2);
  dynamicThreshold().apply(batch, 3);
  expect([...batch]).toEqual([-1, 0.5, 1]);
  expect(() => dynamicThreshold({ ratio: 2 })).toThrow(/ratio must lie in \[0, 1\], got 2/);
  expect(() => dynamicThreshold({ max: 0 })).toThrow(/max must be positive, got 0/);
});
