import fc from "fast-check";
import { expect, test } from "vitest";
import { type ClockReading, discreteSchedule, readClock } from "../../src/index.ts";

test("index 400 of the linear chain on every clock", () => {
  const reading = readClock({ ddpmIndex: 400 });
  expect(reading.ddpmIndex).toBe(400);
  expect(reading.alphaBar).toBeCloseTo(0.193572, 6);
  expect(reading.ouTime).toBeCloseTo(0.82105, 5);
  expect(reading.logSnr).toBeCloseTo(-1.427, 4);
});

test("the two deltas' critical time on every clock", () => {
  const reading = readClock({ alphaBar: Math.SQRT2 - 1 });
  expect(reading.ouTime).toBeCloseTo(0.4406867935, 10);
  expect(reading.vpTime).toBeCloseTo(0.2926416543, 10);
  expect(Math.round(reading.ddpmIndex!)).toBe(292);
});

test("read on any clock and given back, a moment is the same moment", () => {
  const schedule = discreteSchedule({ kind: "cosine" });
  const keys = ["logSnr", "alphaBar", "ouTime", "vpTime", "ddpmIndex"] as const;
  fc.assert(
    fc.property(fc.double({ min: -7, max: 9, noNaN: true }), (logSnr) => {
      const reading = readClock({ logSnr }, schedule);
      for (const key of keys) {
        const again = readClock({ [key]: reading[key]! } as { logSnr: number }, schedule);
        for (const other of keys)
          expect(Math.abs(again[other]! - reading[other]!)).toBeLessThan(
            1e-7 * (1 + Math.abs(reading[other]!)),
          );
      }
    }),
  );
});

test("clean data and the chain's end are on the clock; beyond the end there is no index", () => {
  const clean: ClockReading = readClock({ ddpmIndex: -1 });
  expect(clean).toEqual({
    logSnr: Number.POSITIVE_INFINITY,
    alphaBar: 1,
    ouTime: 0,
    vpTime: 0,
    ddpmIndex: -1,
  });
  const { logSnr } = readClock({ ddpmIndex: 999 });
  expect(readClock({ logSnr }).ddpmIndex).toBe(999);
  expect(readClock({ ouTime: 7 }).ddpmIndex).toBeUndefined();
});

test("an impossible time is refused", () => {
  expect(() => readClock({ alphaBar: 1.5 })).toThrow(/readClock: time must be one of/);
  expect(() => readClock({ ouTime: -1 })).toThrow(/got \{ ouTime: -1 \}/);
  expect(() => readClock({ ddpmIndex: 1000 })).toThrow(/timestep must lie in \[0, 999\]/);
});
