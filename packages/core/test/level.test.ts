import fc from "fast-check";
import { expect, test } from "vitest";
import { CLEAN, logSnr, noiseToSignal } from "../src/index.ts";

test("log SNR is −2 ln(noise to signal), and infinite for clean data", () => {
  const amplitude = fc.double({ min: 1e-6, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(amplitude, amplitude, (alpha, sigma) => {
      expect(logSnr({ alpha, sigma })).toBeCloseTo(
        -2 * Math.log(noiseToSignal({ alpha, sigma })),
        11,
      );
    }),
  );
  expect(logSnr({ alpha: 0.5, sigma: 0.5 })).toBe(0);
  expect(logSnr(CLEAN)).toBe(Number.POSITIVE_INFINITY);
  expect(noiseToSignal(CLEAN)).toBe(0);
});
