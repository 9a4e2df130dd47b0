import { describe, expect, test } from "vitest";
import {
  CLEAN,
  defaultGrid,
  discreteSchedule,
  edm,
  edmLevels,
  even,
  exponential,
  exponentialSigmas,
  type Grid,
  gridOf,
  karras,
  karrasSigmas,
  leading,
  levelAt,
  levelList,
  levelRule,
  linspaced,
  type NoiseLevel,
  noiseToSignal,
  scales,
  sigmaList,
  timestepList,
  trailing,
  ve,
  vp,
} from "../../src/index.ts";

const schedule = discreteSchedule();
const ascending = (levels: readonly NoiseLevel[]) =>
  levels.map(({ timestep }) => timestep).reverse();

describe("grids of a chain", () => {
  // Section "The time grid" of the official late-start code: int(linspace(0, s, n)), here with clean data at the end.
  for (const [steps, start, grid] of [
    [3, 400, [0, 200, 400]],
    [5, 400, [0, 100, 200, 300, 400]],
    [5, 500, [0, 125, 250, 375, 500]],
    [10, 500, [0, 55, 111, 166, 222, 277, 333, 388, 444, 500]],
    [3, 666, [0, 333, 666]],
    [1, 400, [400]],
  ] as const)
    test(`every spacing walks ${grid.join(", ")} from ${start} in ${steps} steps`, () => {
      for (const spacing of [leading(), trailing(), linspaced()]) {
        const levels = spacing.levels(schedule, steps, levelAt(schedule, start));
        expect(ascending(levels)).toEqual([-1, ...grid]);
        expect(levels.at(-1)).toBe(CLEAN);
      }
    });

  test("from the top a grid is spaced as told, the paper's vanilla grids by default", () => {
    expect(ascending(defaultGrid(schedule).levels(schedule, 5))).toEqual([
      -1, 0, 200, 400, 600, 800,
    ]);
    expect(ascending(leading().levels(schedule, 3))).toEqual([-1, 0, 333, 666]);
    expect(ascending(leading({ offset: 1 }).levels(schedule, 2))).toEqual([-1, 1, 501]);
    expect(ascending(trailing().levels(schedule, 4))).toEqual([-1, 249, 499, 749, 999]);
    expect(ascending(linspaced().levels(schedule, 4))).toEqual([-1, 0, 333, 666, 999]);
  });

  test("refuses a start that is not of the schedule or leaves no room, and another process", () => {
    const elsewhere = { alpha: 0.5, sigma: 0.5, timestep: 400 };
    expect(() => leading().levels(schedule, 5, elsewhere)).toThrow(
      "leading: start.level must be a level of the schedule",
    );
    expect(() => leading().levels(schedule, 5, levelAt(schedule, 3))).toThrow(
      "steps must be at most 4 from timestep 3, got 5",
    );
    expect(() => leading().levels(schedule, 0)).toThrow("steps must be a positive integer, got 0");
    expect(() => leading().levels(schedule, undefined)).toThrow("steps must be a positive integer");
    expect(() => trailing().levels(vp(), 3)).toThrow(
      "trailing: the process must be a discrete chain",
    );
    expect(() => leading().levels(undefined, 3)).toThrow("leading: a process must be given");
  });
});

describe("grids of any process", () => {
  test("even: equal times from tMax or the start down to tMin, then clean", () => {
    const process = vp();
    expect(
      even()
        .levels(process, 4)
        .map(({ timestep }) => timestep),
    ).toEqual([1, 0.667, 0.334, 0.001, -1].map((t) => expect.closeTo(t, 12)));
    const from = process.level(0.5);
    const late = even().levels(process, 3, from);
    expect(late[0]).toBe(from);
    expect(late.map(({ timestep }) => timestep)).toEqual(
      [0.5, 0.2505, 0.001, -1].map((t) => expect.closeTo(t, 12)),
    );
  });

  test("one step goes from the start to clean data", () => {
    const from = ve().level(0.5);
    for (const grid of [even(), karras(), exponential()])
      expect(grid.levels(ve(), 1, from)).toEqual([from, CLEAN]);
  });

  test("karras on EDM is the paper's grid; on a chain it is named by ln sigma", () => {
    const levels = karras().levels(edm(), 5);
    const sigmas = karrasSigmas(5);
    edmLevels(sigmas).forEach((level, i) => {
      expect(levels[i]!.sigma).toBeCloseTo(level.sigma, 9);
      expect(levels[i]!.timestep).toBeCloseTo(level.timestep, 9);
    });
    const chain = karras({ rho: 5, sigmaMax: 10 }).levels(schedule, 4);
    expect(noiseToSignal(chain[0]!)).toBeCloseTo(10, 9);
    expect(chain[1]!.timestep % 1).not.toBe(0);
    expect(chain.at(-1)).toBe(CLEAN);
  });

  test("exponential is even in ln sigma, and a late start begins at its own level", () => {
    const expected = exponentialSigmas(6, { sigmaMin: 0.01, sigmaMax: 50 });
    const levels = exponential({ sigmaMin: 0.01 }).levels(ve(), 6);
    expected.forEach((sigma, i) => {
      expect(levels[i]!.sigma / sigma).toBeCloseTo(1, 9);
    });
    const from = ve().level(0.5);
    expect(exponential().levels(ve(), 3, from)[0]).toBe(from);
  });

  test("NCSN's scales are walked from the noisiest", () => {
    const process = scales({ sigmas: [10, 3, 1] });
    expect(
      even()
        .levels(process, 3)
        .map(({ sigma }) => sigma),
    ).toEqual([10, 3, 1, 0]);
    const told = (steps: number) =>
      even()
        .levels(process, steps)
        .map(({ timestep }) => timestep);
    expect(told(2)).toEqual([0, 2, -1]);
    expect(told(9)).toEqual([0, 1, 2, -1]);
  });
});

describe("lists", () => {
  test("typed timesteps and sigmas are walked as they are, and end clean", () => {
    expect(ascending(timestepList([999, 716, 50]).levels(schedule, 3))).toEqual([-1, 50, 716, 999]);
    const sigmas = sigmaList([10, 1, 0.1, 0]).levels(edm(), undefined);
    expect(sigmas.map(({ sigma }) => sigma)).toEqual(
      [10, 1, 0.1, 0].map((s) => expect.closeTo(s, 9)),
    );
    expect(() => timestepList([999, 716]).levels(schedule, 3)).toThrow("steps must be that, got 3");
    expect(() => timestepList([5, 7]).levels(schedule, 2)).toThrow("must descend in noise");
    expect(() => sigmaList([])).toThrow("sigmas must be a list of finite numbers");
  });

  test("a late start keeps what lies below it", () => {
    const list = timestepList([999, 500, 100]);
    const from = levelAt(schedule, 600);
    expect(ascending(list.levels(schedule, undefined, from))).toEqual([-1, 100, 500, 600]);
    const levels = levelList(leading().levels(schedule, 5));
    expect(ascending(levels.levels(undefined, undefined, from))).toEqual([-1, 0, 200, 400, 600]);
  });

  const list = [
    ...Array.from(exponentialSigmas(4, { sigmaMin: 0.1, sigmaMax: 100 }), (sigma) => ({
      alpha: 1,
      sigma,
      timestep: sigma,
    })),
    CLEAN,
  ];

  test("levels of one's own are walked as they are, and from a start what lies below it", () => {
    const grid = levelList(list);
    expect(grid.levels(undefined, undefined)).toBe(list);
    const start = { alpha: 1, sigma: 5, timestep: 0 };
    expect(grid.levels(undefined, undefined, start)).toEqual([start, ...list.slice(2)]);
    expect(grid.levels(undefined, undefined, list[1])).toEqual(list.slice(1));
  });

  test("a rule is asked for so many steps from the start, and begins there exactly", () => {
    const asked: unknown[] = [];
    const grid = levelRule((steps, from) => {
      asked.push([steps, from]);
      return list;
    });
    expect(grid.levels(undefined, 7)).toBe(list);
    const start = { alpha: 1, sigma: 100 * (1 + 1e-12), timestep: 3 };
    expect(grid.levels(undefined, 7, start)).toEqual([start, ...list.slice(1)]);
    expect(asked).toEqual([
      [7, undefined],
      [7, start],
    ]);
    expect(() => grid.levels(undefined, 7, list[1])).toThrow(
      "levels must begin at the start's level",
    );
    expect(() => grid.levels(undefined, 0)).toThrow("steps must be a positive integer, got 0");
  });

  test("a rule lays what it is asked for, from its start but for rounding", () => {
    const rule = levelRule((steps, from) => leading().levels(schedule, steps, from));
    const from = { ...levelAt(schedule, 300), sigma: levelAt(schedule, 300).sigma * (1 + 1e-9) };
    expect(rule.levels(undefined, 3, from)[0]).toBe(from);
    const other = levelRule(() => leading().levels(schedule, 3));
    expect(() => other.levels(undefined, 3, from)).toThrow(
      "levels must begin at the start's level",
    );
  });
});

test("every grid comes back from its JSON", () => {
  const grids: readonly Grid[] = [
    leading({ offset: 1 }),
    trailing(),
    linspaced(),
    karras({ rho: 5 }),
    exponential({ sigmaMin: 0.02 }),
    timestepList([900, 10]),
    sigmaList([10, 1]),
    levelList(leading().levels(schedule, 4)),
  ];
  for (const grid of grids) {
    const { name, settings } = JSON.parse(JSON.stringify(grid));
    const steps = "timesteps" in settings || "sigmas" in settings ? 2 : 4;
    expect(gridOf({ name, settings }).levels(schedule, steps)).toEqual(
      grid.levels(schedule, steps),
    );
  }
  expect(() => gridOf({ name: "leeding" })).toThrow("gridOf: name must be one of leading");
  expect(() => gridOf({ name: "karras", settings: { roh: 3 } })).toThrow("karras: options must be");
});

test("grids out of a file are checked: lists of levels, numbers, and no more steps than any chain has", () => {
  const refused = (spec: unknown, what: string) =>
    expect(() => gridOf(spec as never)).toThrow(what);
  refused(null, "gridOf: the spec must be an object");
  refused({ name: "levels" }, "levels: levels must be a list");
  refused({ name: "levels", settings: { levels: { length: 1e9 } } }, "levels must be a list");
  refused({ name: "levels", settings: { levels: [{ alpha: 1 }] } }, "levels: a level must have");
  refused({ name: "karras", settings: { rho: "7" } }, "karras: rho must be a finite number");
  refused(
    { name: "leading", settings: { offset: "1" } },
    "leading: offset must be a finite number",
  );
  expect(() => even().levels(vp(), 1e9)).toThrow("even: steps must be at most 100000");
});
