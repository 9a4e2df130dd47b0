import { expect, test } from "vitest";
import { thinLog, totalSeconds } from "../../scripts/zoo/thin-log.ts";

const log = Array.from({ length: 100 }, (_, i) => ({ step: 50 * (i + 1), loss: 1 / (i + 1) }));

test("a thinned log has the first and the last step, and keeps the mean over all steps", () => {
  const points = thinLog(log, 12);
  expect(points.length).toBeLessThanOrEqual(12);
  expect(points.length).toBeGreaterThan(6);
  expect(points[0]).toEqual([50, 1]);
  expect(points.at(-1)![0]).toBe(5000);
  const steps = points.map(([step], i) => step - (points[i - 1]?.[0] ?? 0));
  const mean = points.reduce((sum, [, loss], i) => sum + loss * steps[i]!, 0) / 5000;
  expect(mean).toBeCloseTo(log.reduce((sum, { loss }) => sum + loss, 0) / 100, 4);
  // Each is the first note of the log that is far enough, 100^(1/11) times the step before.
  for (const [i, [step]] of points.slice(1, -1).entries()) {
    const wanted = points[i]![0] * 100 ** (1 / 11);
    expect(step).toBeGreaterThanOrEqual(wanted);
    expect(step).toBeLessThan(wanted + 50);
  }
});

test("a short log stays as it is", () => {
  expect(thinLog(log.slice(0, 3), 12)).toEqual([
    [50, 1],
    [100, 0.5],
    [150, 0.3333],
  ]);
});

test("each sitting's seconds count", () => {
  expect(totalSeconds([3, 5, 2, 9].map((seconds) => ({ seconds })))).toBe(14);
});
