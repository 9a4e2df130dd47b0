import fc from "fast-check";
import { expect, test } from "vitest";
import { logSnr, ou, processLevels, subVp, timeGrid, vdm, ve, vp } from "../../src/index.ts";

test("equal times from tMax to tMin by default, from start to end when told", () => {
  expect(timeGrid(vp(), 3)).toEqual([1, 0.5005, 0.001]);
  expect(timeGrid(vp(), 3, { start: 0.75, end: 0.25 })).toEqual([0.75, 0.5, 0.25]);
});

test("a log-SNR grid is even in log SNR, descends, and keeps its ends exactly", () => {
  const process = fc.constantFrom(vp(), subVp(), ve(), ou(), vdm());
  fc.assert(
    fc.property(process, fc.integer({ min: 2, max: 50 }), (any, count) => {
      const times = timeGrid(any, count, { spacing: "logSnr" });
      expect([times[0], times[count - 1]]).toEqual([any.tMax, any.tMin]);
      const ratios = processLevels(any, times, null).map(logSnr);
      const step = (ratios[count - 1]! - ratios[0]!) / (count - 1);
      for (let i = 1; i < count; i++) expect(ratios[i]! - ratios[i - 1]!).toBeCloseTo(step, 7);
    }),
  );
});

test("grids without room are refused", () => {
  expect(() => timeGrid(vp(), 0)).toThrow(/timeGrid: count/);
  expect(() => timeGrid(vp(), 3, { start: 0.1, end: 0.5 })).toThrow(/start and end must satisfy/);
});
