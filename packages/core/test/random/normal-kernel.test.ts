import fc from "fast-check";
import { expect, test } from "vitest";
import { workspace } from "../../src/random/workspace.ts";

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const pair = (a: number, b: number) => {
  const { words, numbers, normals } = workspace();
  words.set([a, b]);
  normals(1);
  return numbers.slice(0, 2);
};

test("a pair is the Box–Muller transform of its two words to 1e-15", () => {
  fc.assert(
    fc.property(fc.oneof(word, fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1)), word, (a, b) => {
      const radius = Math.sqrt(-2 * Math.log((a + 0.5) / 2 ** 32));
      const within = (b & 0x3fffffff) - (2 ** 29 - 0.5);
      const angle = (b >>> 30) * (Math.PI / 2) + (within * Math.PI) / 2 ** 31;
      const [x, y] = pair(a, b);
      expect(Math.abs(x! - radius * Math.cos(angle))).toBeLessThan(2e-15 * (1 + radius));
      expect(Math.abs(y! - radius * Math.sin(angle))).toBeLessThan(2e-15 * (1 + radius));
    }),
    { numRuns: 2000 },
  );
});

test("the largest normal is √(66 ln 2)", () => {
  const [x, y] = pair(0, 12345);
  expect(Math.hypot(x!, y!)).toBeCloseTo(Math.sqrt(66 * Math.LN2), 14);
});

test("mirrored angles cancel, so that the mean is exactly zero", () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      const [x, y] = pair(a, b);
      const [mirroredX, mirroredY] = pair(a, (b ^ 0x80000000) >>> 0);
      expect(x! + mirroredX!).toBe(0);
      expect(y! + mirroredY!).toBe(0);
    }),
  );
});
