import fc from "fast-check";
import { expect, test } from "vitest";
import { meanFieldRoots, spinodalField, spinodalSlope, turningPoint } from "../../src/index.ts";

test("the roots solve k (y − h) = tanh y, ascend, and wells and barriers alternate", () => {
  const slopes = fc.double({ min: 0.01, max: 3, noNaN: true });
  const fields = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(slopes, fields, (k, h) => {
      const roots = meanFieldRoots(k, h);
      expect(roots.length).toBe(k < 1 && Math.abs(h) < spinodalField(k) ? 3 : 1);
      roots.forEach(({ x, stable }, i) => {
        expect(k * (x - h) - Math.tanh(x)).toBeCloseTo(0, 13);
        expect(stable).toBe(i % 2 === 0);
        if (i > 0) expect(x).toBeGreaterThan(roots[i - 1]!.x);
      });
    }),
    { numRuns: 500 },
  );
});

test("a field of the other sign mirrors the roots", () => {
  const mirrored = meanFieldRoots(0.4, -0.3).map(({ x }) => -x);
  expect(mirrored.reverse()).toEqual(meanFieldRoots(0.4, 0.3).map(({ x }) => x));
});

test("without restoring slope there is only the barrier", () => {
  expect(meanFieldRoots(0, 0.5)).toEqual([{ x: 0, stable: false }]);
  const [only, ...rest] = meanFieldRoots(-0.5, 1);
  expect(rest).toEqual([]);
  expect(only!.stable).toBe(false);
  expect(Math.tanh(only!.x) + 0.5 * (only!.x - 1)).toBeCloseTo(0, 14);
});

test("the spinodal field is the height of the turning point, also where the two cancel", () => {
  for (const k of [0.001, 0.1, 0.5, 0.9, 0.98, 0.99, 0.999]) {
    const y = turningPoint(k);
    expect(spinodalField(k)).toBeCloseTo(Math.tanh(y) / k - y, 12);
  }
  const root = 1e-4; // (2/3) r³ (1 + 6 r²/5 + …)
  const slope = 1 - root ** 2;
  expect(spinodalField(slope) / ((2 / 3) * (1 - slope) ** 1.5)).toBeCloseTo(1 + 1.2e-8, 12);
  expect(spinodalField(1)).toBe(0);
  expect(spinodalField(4)).toBe(0);
});

test("the spinodal slope inverts the spinodal field", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 100, noNaN: true }), (h) => {
      expect(spinodalField(spinodalSlope(h)) / h).toBeCloseTo(1, 9);
      expect(spinodalSlope(-h)).toBe(spinodalSlope(h));
    }),
  );
  expect(spinodalSlope(0)).toBe(1);
});
