import { expect, test } from "vitest";
import { wilsonInterval } from "../../src/statistics/wilson-interval.ts";

test("its ends are the probabilities whose normal test just fails", () => {
  for (const [successes, trials] of [
    [7, 10],
    [775, 1000],
    [1, 400],
  ] as const) {
    const { low, high } = wilsonInterval(successes, trials);
    for (const p of [low, high])
      expect(Math.abs(successes / trials - p) / Math.sqrt((p * (1 - p)) / trials)).toBeCloseTo(
        1.959963984540054,
        10,
      );
    expect(low).toBeLessThan(successes / trials);
    expect(high).toBeGreaterThan(successes / trials);
  }
});

test("none and all have a width, and stay in [0, 1]", () => {
  const z2 = 1.959963984540054 ** 2;
  expect(wilsonInterval(0, 50)).toEqual({ low: 0, high: expect.closeTo(z2 / (50 + z2), 12) });
  expect(wilsonInterval(50, 50)).toEqual({ low: expect.closeTo(50 / (50 + z2), 12), high: 1 });
});
