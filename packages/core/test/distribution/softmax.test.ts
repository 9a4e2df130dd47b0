import { expect, test } from "vitest";
import { softmax } from "../../src/distribution/softmax.ts";

test("softmax makes weights and returns the log of their sum, at any magnitude", () => {
  const logs = Float64Array.of(-1e6, -1e6 + Math.log(3));
  expect(softmax(logs)).toBeCloseTo(-1e6 + Math.log(4), 9);
  expect(logs[0]).toBeCloseTo(0.25, 9);
  expect(logs[1]).toBeCloseTo(0.75, 9);
});

test("softmax gives a component of weight zero nothing", () => {
  const logs = Float64Array.of(-Infinity, 5);
  expect(softmax(logs)).toBe(5);
  expect([...logs]).toEqual([0, 1]);
});
