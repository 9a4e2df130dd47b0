import fc from "fast-check";
import { expect, test } from "vitest";
import { roundHalfEven, type Spacing, timesteps } from "../../src/index.ts";

test.each<[number, number, number[]]>([
  [3, 400, [400, 200, 0]],
  [5, 400, [400, 300, 200, 100, 0]],
  [5, 500, [500, 375, 250, 125, 0]],
  [10, 500, [500, 444, 388, 333, 277, 222, 166, 111, 55, 0]],
  [10, 900, [900, 800, 700, 600, 500, 400, 300, 200, 100, 0]],
  [3, 666, [666, 333, 0]],
])("late: %i steps from %i is the official grid", (count, start, expected) => {
  expect(timesteps("late", count, { start })).toEqual(expected);
});

test("one late step begins at the start", () => {
  expect(timesteps("late", 1, { start: 400 })).toEqual([400]);
});

test("leading with offset 1 and 5 steps is 801, 601, 401, 201, 1", () => {
  expect(timesteps("leading", 5, { offset: 1 })).toEqual([801, 601, 401, 201, 1]);
});

test("linspace is rounded half to even for DDPM, left alone for Euler, one point short for multistep", () => {
  expect(timesteps("linspace", 3, { steps: 4 })).toEqual([3, 2, 0]);
  expect(timesteps("linspace", 3, { steps: 6 })).toEqual([5, 2, 0]);
  expect(timesteps("linspace", 3, { steps: 4, family: "euler" })).toEqual([3, 1.5, 0]);
  expect(timesteps("linspace", 10, { family: "multistep" })).toEqual([
    999, 899, 799, 699, 599, 500, 400, 300, 200, 100,
  ]);
});

test("trailing begins at the last timestep", () => {
  expect(timesteps("trailing", 4)).toEqual([999, 749, 499, 249]);
  expect(timesteps("trailing", 3)).toEqual([999, 666, 332]);
});

test("ties fall as in numpy's arithmetic, where a multiple of the step misses the half", () => {
  expect(timesteps("linspace", 27)[13]).toBe(499);
  expect(timesteps("linspace", 103)[17]).toBe(833);
  expect(timesteps("trailing", 48)[3]).toBe(936);
});

test("trailing has its count where diffusers' arange runs one too far", () => {
  for (const count of [61, 103, 244]) {
    const list = timesteps("trailing", count);
    expect(list).toHaveLength(count);
    expect(list.at(-1)).toBe(Math.round(1000 / count) - 1);
  }
});

test("any grid descends strictly within the chain", () => {
  const spacing = fc.constantFrom<Spacing>("leading", "linspace", "trailing");
  const family = fc.constantFrom<"ddpm" | "euler" | "multistep">("ddpm", "euler", "multistep");
  fc.assert(
    fc.property(
      spacing,
      family,
      fc.integer({ min: 2, max: 2000 }),
      fc.nat(),
      (kind, solver, steps, pick) => {
        const count = 1 + (pick % (steps - 1));
        const list = timesteps(kind, count, { steps, family: solver });
        expect(list).toHaveLength(count);
        expect(list[0]).toBeLessThan(steps);
        expect(list.at(-1)).toBeGreaterThanOrEqual(0);
        for (let i = 1; i < count; i++) expect(list[i]).toBeLessThan(list[i - 1]!);
      },
    ),
  );
});

test("roundHalfEven rounds as numpy", () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 7].map(roundHalfEven)).toEqual([0, 2, 2, 0, -2, 2, 7]);
});

test("impossible counts and starts are refused", () => {
  expect(() => timesteps("leading", 0)).toThrow(
    /timesteps: count must be an integer from 1 to 1000/,
  );
  expect(() => timesteps("leading", 1001)).toThrow(/got 1001/);
  expect(() => timesteps("late", 5, { start: 1000 })).toThrow(/start must lie in \[0, 999\]/);
  expect(() => timesteps("even" as Spacing, 5)).toThrow(/got "even"/);
});
