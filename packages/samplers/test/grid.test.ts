import {
  CLEAN,
  discreteSchedule,
  exponentialSigmas,
  levelAt,
  type NoiseLevel,
  ve,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { type Grid, gridLevels } from "../src/grid.ts";

const schedule = discreteSchedule();
const ascending = (levels: readonly NoiseLevel[]) =>
  levels.map(({ timestep }) => timestep).reverse();

describe("gridLevels on a schedule", () => {
  // Section "The time grid" of the official late-start code: int(linspace(0, s, n)), here with clean data at the end.
  for (const [steps, start, grid] of [
    [3, 400, [0, 200, 400]],
    [5, 400, [0, 100, 200, 300, 400]],
    [5, 500, [0, 125, 250, 375, 500]],
    [10, 500, [0, 55, 111, 166, 222, 277, 333, 388, 444, 500]],
    [3, 666, [0, 333, 666]],
    [1, 400, [400]],
  ] as const)
    test(`walks ${grid.join(", ")} from ${start} in ${steps} steps`, () => {
      const levels = gridLevels({ schedule }, steps, levelAt(schedule, start));
      expect(ascending(levels)).toEqual([-1, ...grid]);
      expect(levels.at(-1)).toBe(CLEAN);
    });

  test("from the top is spaced as told, the paper's vanilla grids by default", () => {
    expect(ascending(gridLevels({ schedule }, 5))).toEqual([-1, 0, 200, 400, 600, 800]);
    expect(ascending(gridLevels({ schedule }, 3))).toEqual([-1, 0, 333, 666]);
    expect(ascending(gridLevels({ schedule, spacing: "trailing" }, 4))).toEqual([
      -1, 249, 499, 749, 999,
    ]);
  });

  test("refuses a start that is not of the schedule or leaves no room", () => {
    const elsewhere = { alpha: 0.5, sigma: 0.5, timestep: 400 };
    expect(() => gridLevels({ schedule }, 5, elsewhere)).toThrow(
      "sample: start.level must be a level of the schedule",
    );
    expect(() => gridLevels({ schedule }, 5, levelAt(schedule, 3))).toThrow(
      "steps must be at most 4 from timestep 3, got 5",
    );
    expect(() => gridLevels({ schedule }, 0)).toThrow("steps must be a positive integer, got 0");
    expect(() => gridLevels({ schedule }, undefined)).toThrow("steps must be a positive integer");
  });
});

describe("gridLevels on a process", () => {
  test("is even in time from tMax or the start down to tMin, then clean", () => {
    const process = vp();
    const levels = gridLevels({ process }, 4);
    expect(levels.map(({ timestep }) => timestep)).toEqual(
      [1, 0.667, 0.334, 0.001, -1].map((t) => expect.closeTo(t, 12)),
    );
    const late = gridLevels({ process }, 3, process.level(0.5));
    expect(late.map(({ timestep }) => timestep)).toEqual(
      [0.5, 0.2505, 0.001, -1].map((t) => expect.closeTo(t, 9)),
    );
    expect(late[0]).toEqual(process.level(0.5));
  });

  test("takes one step from the start to clean data", () => {
    const process = ve();
    expect(gridLevels({ process }, 1, process.level(0.5))).toEqual([process.level(0.5), CLEAN]);
  });
});

describe("gridLevels of a list", () => {
  const list = [
    ...Array.from(exponentialSigmas(4, { sigmaMin: 0.1, sigmaMax: 100 }), (sigma) => ({
      alpha: 1,
      sigma,
      timestep: sigma,
    })),
    CLEAN,
  ];

  test("is the list, and from a start what lies below it", () => {
    expect(gridLevels({ levels: list }, undefined)).toBe(list);
    const start = { alpha: 1, sigma: 5, timestep: 0 };
    expect(gridLevels({ levels: list }, undefined, start)).toEqual([start, ...list.slice(2)]);
    expect(gridLevels({ levels: list }, undefined, list[1])).toEqual(list.slice(1));
  });

  test("asks a function for so many steps from the start, and begins there exactly", () => {
    const asked: unknown[] = [];
    const levels = (steps: number, from: NoiseLevel | undefined) => {
      asked.push([steps, from]);
      return list;
    };
    expect(gridLevels({ levels }, 7)).toBe(list);
    const start = { alpha: 1, sigma: 100 * (1 + 1e-12), timestep: 3 };
    expect(gridLevels({ levels }, 7, start)).toEqual([start, ...list.slice(1)]);
    expect(asked).toEqual([
      [7, undefined],
      [7, start],
    ]);
    expect(() => gridLevels({ levels }, 7, list[1])).toThrow(
      "levels must begin at the start's level",
    );
  });
});

test("gridLevels wants a grid", () => {
  expect(() => gridLevels({} as Grid, 5)).toThrow(
    "sample: one of schedule, process and levels must be given",
  );
});
