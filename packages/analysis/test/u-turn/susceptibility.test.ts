import { philoxNoise } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { patchChanges, susceptibility } from "../../src/index.ts";

/** Random 0 and 1 that change in blocks of `side` × `side` patches on an 8 × 8 grid. */
function blocks(side: number, count: number) {
  const grid = 8 / side;
  const draws = new Float64Array(count * grid * grid);
  philoxNoise(3)(draws, grid * grid, 0);
  const changed = Float64Array.from({ length: count * 64 }, (_, i) => {
    const n = Math.floor(i / 64);
    const [row, column] = [Math.floor((i % 64) / 8), i % 8];
    const block = Math.floor(row / side) * grid + Math.floor(column / side);
    return draws[n * grid * grid + block]! > 0.5 ? 1 : 0;
  });
  return { changed, rows: 8, columns: 8 };
}

describe("susceptibility", () => {
  test.each([
    [1, 1],
    [2, 4],
    [4, 16],
    [8, 64],
  ])("of changes in blocks of side %i is the patches of a block", (side, expected) => {
    const { value, share } = susceptibility(blocks(side, 4000));
    expect(value / expected).toBeCloseTo(1, 1);
    expect(share).toBeCloseTo(0.3085, 1); // P(z > ½)
  });

  test("the correlation length grows with the blocks, and is none where all change as one", () => {
    const [one, two, four, all] = [1, 2, 4, 8].map((side) => susceptibility(blocks(side, 2000)));
    expect(one!.length).toBeLessThan(two!.length!);
    expect(two!.length).toBeLessThan(four!.length!);
    expect(all!.length).toBeNull();
    expect(all!.correlation!.every((value) => Math.abs(value - 1) < 1e-9)).toBe(true);
    for (const value of one!.correlation!.slice(0, 5)) expect(Math.abs(value)).toBeLessThan(0.05);
  });

  test("is 0 where nothing varies", () => {
    const still = { changed: new Float64Array(8).fill(1), rows: 2, columns: 2 };
    expect(susceptibility(still)).toEqual({ value: 0, correlation: null, length: null, share: 1 });
    expect(() => susceptibility({ ...still, rows: 4 })).toThrow("at least two images of 8");
  });
});

describe("patchChanges", () => {
  const noise = (seed: number) => {
    const out = new Float64Array(400 * 2 * 4 * 6);
    philoxNoise(seed)(out, 48, 0);
    return out;
  };
  const shape = [2, 4, 6];

  test("nothing has changed between equal images, unrelated ones have", () => {
    const same = patchChanges(noise(1), noise(1), shape, { patch: 2 });
    expect(same).toMatchObject({ rows: 2, columns: 3 });
    expect(same.changed.every((value) => value === 0)).toBe(true);
    const other = patchChanges(noise(1), noise(2), shape, { patch: 2 });
    const share = other.changed.reduce((sum, value) => sum + value, 0) / other.changed.length;
    // χ² of 8 degrees above half of its mean: P(χ²_8 > 4) = 0.857.
    expect(share).toBeCloseTo(0.857, 1);
    expect(Math.abs(susceptibility(other).value - 1)).toBeLessThan(0.2);
  });

  test("sees where an image has changed, in all channels", () => {
    const start = noise(1);
    const end = start.slice();
    // Row 3, column 5 of channel 1 of the first image: the last patch.
    end[24 + 3 * 6 + 5]! += 100;
    const { changed } = patchChanges(start, end, shape, { patch: 2 });
    expect(Array.from(changed.subarray(0, 6))).toEqual([0, 0, 0, 0, 0, 1]);
    expect(changed.subarray(6).every((value) => value === 0)).toBe(true);
  });

  test("names what is wrong", () => {
    expect(() => patchChanges(noise(1), noise(1), shape, { patch: 3 })).toThrow(
      "patch must divide",
    );
    expect(() => patchChanges(noise(1), noise(1), [48], { patch: 1 })).toThrow("as many images");
    expect(() => patchChanges(noise(1), noise(1), shape, { patch: 2, threshold: 0 })).toThrow(
      "threshold must be positive",
    );
  });
});
