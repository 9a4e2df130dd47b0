import {
  CLEAN,
  discreteSchedule,
  levelAt,
  levels,
  logSnr,
  type NoiseLevel,
  noiseToSignal,
  philoxNoise,
  type Samples,
  timesteps,
} from "@symbreak/core";
import { ddim, dpmMultistep, exactDenoiser, ipndm, processPath } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { evenLevels, informationGrid, type LossCurve, lossCurve } from "../../src/index.ts";
import { exactLoss, mixture, quantiles } from "./mixture.ts";

const chain = discreteSchedule();
const path = processPath(chain);
const [top, bottom] = [levelAt(chain, 999), levelAt(chain, 0)];
const denoiser = exactDenoiser(mixture);
const COUNT = 20_000;

/** A curve with a loss of one's own, even in log SNR over the chain. */
const curveOf = (loss: (s: number) => number, points: number = 12): LossCurve => ({
  kind: "lossCurve",
  at: evenLevels(path, top, bottom, points).map((level) => ({
    level,
    time: { ouTime: 0, ddpmIndex: null },
    noiseToSignal: noiseToSignal(level),
    loss: loss(noiseToSignal(level)),
    standardError: 0,
  })),
  ...{ samples: 1, calls: points, seed: 0, schedule: { steps: 1000, finalAlphaBar: 0 } },
});

/** The grid on the chain, as a function of the steps and the start. */
const laid = (curve: LossCurve, weight?: "rescaled" | "entropic") => {
  const grid = informationGrid(curve, weight);
  return (steps: number, from?: NoiseLevel) => grid.levels(chain, steps, from);
};

describe("the 1-D mixture: W2 by network calls", () => {
  const start = quantiles(COUNT, top);
  const target = quantiles(COUNT, CLEAN);
  // Thirty points of the exact loss.
  const curve = curveOf(exactLoss, 30);
  const rho7 = (n: number) => {
    const [a, b] = [top, bottom].map((level) => noiseToSignal(level) ** (1 / 7)) as [
      number,
      number,
    ];
    const sigmas = Array.from({ length: n }, (_, i) => (a + ((b - a) * i) / (n - 1)) ** 7);
    return [top, ...sigmas.slice(1, -1).map((s) => path(-2 * Math.log(s))), bottom, CLEAN];
  };
  const grids: Record<string, (n: number) => readonly NoiseLevel[]> = {
    linear: (n) => levels(chain, timesteps("trailing", n)),
    logSnr: (n) => [...evenLevels(path, top, bottom, n), CLEAN],
    karras: rho7,
    entropic: (n) => laid(curve, "entropic")(n),
    rescaled: (n) => laid(curve)(n),
  };
  const solvers = { ddim, ipndm, dpmMultistep };
  const distance = async (solver: keyof typeof solvers, walk: readonly NoiseLevel[]) => {
    let end: Samples = start;
    for await (const { x } of solvers[solver]().walk(denoiser, start, walk)) end = x;
    const sorted = end.toSorted();
    return Math.sqrt(target.reduce((sum, value, i) => sum + (value - sorted[i]!) ** 2, 0) / COUNT);
  };

  test.each([
    ["ddim", "linear", [0.489, 0.296, 0.151, 0.0854]],
    ["ddim", "logSnr", [0.461, 0.37, 0.202, 0.126]],
    ["ddim", "karras", [0.741, 0.334, 0.234, 0.135]],
    ["ddim", "entropic", [0.82, 0.467, 0.269, 0.17]],
    ["ddim", "rescaled", [0.437, 0.23, 0.103, 0.0627]],
    ["ipndm", "linear", [0.286, 0.186, 0.0936, 0.0383]],
    ["ipndm", "rescaled", [0.281, 0.159, 0.0571, 0.0177]],
  ] as const)("%s on the %s grid has the errors of the table", async (solver, grid, row) => {
    for (const [k, n] of [3, 5, 10, 20].entries())
      expect(Math.abs((await distance(solver, grids[grid]!(n))) / row[k]! - 1)).toBeLessThan(0.01);
  });

  test("a curve measured by thirty calls lays the same grid within 3 %", async () => {
    const at = evenLevels(path, top, bottom, 30);
    const data = mixture.sample(4000, philoxNoise(1));
    const measured = await lossCurve({ denoiser, data, levels: at, batch: 4000 });
    expect(measured.calls).toBe(30);
    for (const [n, error] of [
      [3, 0.437],
      [10, 0.103],
    ] as const) {
      const found = await distance("ddim", laid(measured)(n));
      expect(Math.abs(found / error - 1)).toBeLessThan(0.03);
    }
  });

  test("of three grids 2M likes the rescaled one at 3 calls, even log SNR from 5 on", async () => {
    const best = [];
    for (const n of [3, 5, 10, 20]) {
      const found = [];
      for (const grid of ["linear", "logSnr", "rescaled"])
        found.push({ grid, error: await distance("dpmMultistep", grids[grid]!(n)) });
      best.push(found.reduce((a, b) => (b.error < a.error ? b : a)).grid);
    }
    expect(best).toEqual(["rescaled", "logSnr", "logSnr", "logSnr"]);
  });
});

describe("informationGrid", () => {
  // mmse = s^p makes the weight mmse/s^p even in ln s.
  test("an even weight gives even log SNR, whatever the points of the curve", () => {
    for (const [weight, power] of [
      ["rescaled", 1],
      ["entropic", 2],
    ] as const) {
      const walk = laid(
        curveOf((s) => s ** power),
        weight,
      )(8);
      expect(walk).toHaveLength(9);
      expect([walk[0], walk[7], walk[8]]).toEqual([top, bottom, CLEAN]);
      const even = evenLevels(path, top, bottom, 8);
      for (const [k, level] of even.entries())
        expect(logSnr(walk[k]!)).toBeCloseTo(logSnr(level), 8);
    }
  });

  test("a weight that is a power of s is cut exactly: mmse/s = s gives even s", () => {
    const walk = laid(curveOf((s) => s * s))(6);
    const [a, b] = [noiseToSignal(top), noiseToSignal(bottom)];
    for (let k = 0; k < 6; k++)
      expect(noiseToSignal(walk[k]!)).toBeCloseTo(a + ((b - a) * k) / 5, 8);
  });

  test("down to clean data every step takes its part, and none is at the cleanest level", () => {
    const s = (level: NoiseLevel) => noiseToSignal(level);
    const even = curveOf((x) => x * x);
    // mmse/s = s: equal parts of ∫ s d ln s are even in s, from the top to the cleanest level.
    const grid = informationGrid(even, "rescaled", "clean");
    const walked = grid.levels(chain, 4);
    expect(walked).toHaveLength(5);
    expect(walked.at(-1)).toEqual(CLEAN);
    walked.slice(0, 4).forEach((level, k) => {
      const expected = s(top) + ((s(bottom) - s(top)) * k) / 4;
      expect(s(level) / expected).toBeCloseTo(1, 6);
    });
    expect(grid.levels(chain, 1)).toEqual([top, CLEAN]);
    expect(grid.settings).toMatchObject({ weight: "rescaled", end: "clean" });
    expect(() => informationGrid(even, "rescaled", "dirty" as never)).toThrow("end must be");
  });

  test("begins at a level of one's own, between the curve's points too", () => {
    const from = levelAt(chain, 500);
    const walk = laid(curveOf((s) => s * s))(5, from);
    const [a, b] = [noiseToSignal(from), noiseToSignal(bottom)];
    expect(walk[0]).toBe(from);
    for (let k = 0; k < 5; k++)
      expect(noiseToSignal(walk[k]!)).toBeCloseTo(a + ((b - a) * k) / 4, 8);
    expect(laid(curveOf((s) => s))(1, from)).toEqual([from, CLEAN]);
    expect(laid(curveOf((s) => s))(2)).toEqual([top, bottom, CLEAN]);
  });

  test("levels without loss take no steps; a curve without any is refused", () => {
    const dead = curveOf((s) => (s > 1 ? s : 0));
    const walk = laid(dead)(6);
    const edge = dead.at.filter(({ loss }) => loss > 0).at(-1)!.noiseToSignal;
    for (const level of walk.slice(0, 5))
      expect(noiseToSignal(level)).toBeGreaterThan(edge * 0.999);
    expect(() => laid(curveOf(() => 0))(4)).toThrow("loss must be positive");
  });

  test("names what is wrong", () => {
    const grid = laid(curveOf((s) => s));
    expect(() => grid(0)).toThrow("steps must be a positive integer, got 0");
    expect(() => grid(3, { alpha: 1e-6, sigma: 1, timestep: 0 })).toThrow("from must lie within");
    expect(() => grid(3, CLEAN)).toThrow("from must lie within");
    expect(() => laid(curveOf(() => Number.NaN))).toThrow("finite loss");
    expect(() =>
      laid(
        curveOf((s) => s),
        "even" as "rescaled",
      ),
    ).toThrow('weight must be "rescaled" or "entropic", got "even"');
  });
});
