import {
  discreteSchedule,
  karrasSigmas,
  levelAt,
  logSnr,
  subVp,
  vdm,
  ve,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { levelsPath, processPath } from "../../src/sde/path.ts";

test("processPath finds the level of a log SNR", () => {
  for (const process of [vp(), ve(), subVp(), vdm()])
    for (const t of [0.1, 0.5, 0.93]) {
      const level = processPath(process)(logSnr(process.level(t)));
      expect(level.timestep).toBeCloseTo(t, 9);
      expect(level.sigma).toBeCloseTo(process.sigma(t), 9);
    }
});

describe("processPath of a chain", () => {
  const schedule = discreteSchedule();
  const path = processPath(schedule);

  test("goes through the chain's own levels, its ends included", () => {
    for (const index of [0, 1, 400, 998, 999]) {
      const level = path(logSnr(levelAt(schedule, index)));
      expect(level.timestep).toBeCloseTo(index, 8);
      expect(level.alpha).toBeCloseTo(levelAt(schedule, index).alpha, 12);
    }
  });

  test("lies between neighbours elsewhere, with the log SNR asked for", () => {
    const target = 0.5 * (logSnr(levelAt(schedule, 300)) + logSnr(levelAt(schedule, 301)));
    const level = path(target);
    expect(level.timestep).toBeGreaterThan(300);
    expect(level.timestep).toBeLessThan(301);
    expect(logSnr(level)).toBeCloseTo(target, 10);
  });

  test("refuses what lies beyond the chain", () => {
    expect(() => path(-20)).toThrow("processPath: logSnr must lie within the schedule, got -20");
  });
});

describe("levelsPath", () => {
  test("is exact for EDM's levels, whose timestep is ln(sigma)/4", () => {
    const list = Array.from(karrasSigmas(8, { sigmaMin: 0.002, sigmaMax: 80 }), (sigma) => ({
      alpha: 1,
      sigma,
      timestep: Math.log(sigma) / 4,
    }));
    for (const sigma of [79, 3, 0.0021]) {
      const level = levelsPath(list)(-2 * Math.log(sigma));
      expect(level.alpha).toBe(1);
      expect(level.sigma).toBeCloseTo(sigma, 12);
      expect(level.timestep).toBeCloseTo(Math.log(sigma) / 4, 12);
    }
  });

  test("needs two levels with signal and noise", () => {
    expect(() => levelsPath([{ alpha: 1, sigma: 1, timestep: 0 }])).toThrow("at least two");
  });
});
