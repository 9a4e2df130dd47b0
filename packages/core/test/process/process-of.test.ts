import { expect, test } from "vitest";
import {
  cosine,
  discreteSchedule,
  edm,
  type ForwardProcess,
  flow,
  logSnr,
  noiseToSignal,
  ou,
  processOf,
  respace,
  scaledTime,
  scales,
  subVp,
  tabulatedGamma,
  timeGrid,
  vdm,
  ve,
  vp,
} from "../../src/index.ts";

const sigmas = [50, 20, 5, 1, 0.1];
const every: readonly ForwardProcess[] = [
  discreteSchedule(),
  discreteSchedule({ kind: "cosine", steps: 100, precision: "float32" }),
  discreteSchedule({ kind: "scaledLinear", betaStart: 0.001, zeroTerminalSnr: true }),
  respace(discreteSchedule(), [999, 500, 0]),
  vp({ betaMax: 10 }),
  subVp(),
  ve({ sigmaMax: 30 }),
  ou(),
  vdm(),
  cosine(),
  vdm(tabulatedGamma([-10, -3, 0, 6])),
  edm({ sigmaMax: 20 }),
  flow({ timeScale: 1000 }),
  scales({ sigmas }),
  scaledTime(vp(), 1000),
  scaledTime(ou(), 250),
  scales({ sigmas, told: "sigma" }),
];

for (const process of every)
  test(`${JSON.stringify(process.spec).slice(0, 80)} makes the same process again`, () => {
    const again = processOf(JSON.parse(JSON.stringify(process.spec)));
    expect([again.name, again.tMin, again.tMax]).toEqual([
      process.name,
      process.tMin,
      process.tMax,
    ]);
    for (const part of [0, 0.3, 0.5, 1]) {
      const time = process.tMin + part * (process.tMax - process.tMin);
      expect(again.level(time)).toEqual(process.level(time));
    }
  });

for (const process of every)
  test(`${process.name}: timeAt is the inverse of level`, () => {
    for (const part of [0.1, 0.35, 0.8]) {
      const time = process.tMin + part * (process.tMax - process.tMin);
      expect(process.timeAt(logSnr(process.level(time)))).toBeCloseTo(time, 6);
    }
  });

test("a chain has no time beyond its end", () => {
  expect(discreteSchedule().timeAt(-100)).toBe(Infinity);
});

test("EDM is told ln(sigma)/4, flow matching a multiple of t", () => {
  expect(edm().level(Math.log(3) / 4)).toEqual({
    alpha: 1,
    sigma: expect.closeTo(3, 12),
    timestep: Math.log(3) / 4,
  });
  expect(flow({ timeScale: 1000 }).level(250)).toEqual({ alpha: 0.75, sigma: 0.25, timestep: 250 });
});

test("scales are told their number, the noisiest first", () => {
  const process = scales({ sigmas });
  expect(process.level(2)).toEqual({ alpha: 1, sigma: 5, timestep: 2 });
  expect(noiseToSignal(process.level(2.5))).toBeCloseTo(Math.sqrt(5), 12);
  expect(timeGrid(process, 5)).toEqual([0, 1, 2, 3, 4]);
});

test("unknown names, unknown settings and impossible values are refused by name", () => {
  expect(() => processOf({ name: "toString" })).toThrow("processOf: name must be one of discrete");
  expect(() => processOf({ name: "vp", betaMx: 3 })).toThrow("vp: options must be among");
  expect(() => discreteSchedule({ beta: "cosine" } as object)).toThrow(
    'discreteSchedule: options must be among kind, steps, betaStart, betaEnd, betas, zeroTerminalSnr, precision, got "beta"',
  );
  expect(() => scales({ sigmas: [1, 2] })).toThrow("scales: sigmas must be");
  expect(() => flow({ timeScale: -1 })).toThrow("flow: timeScale");
  expect(() => edm({ sigmaMin: 0 })).toThrow("edm: sigmas");
});

test("settings out of a file are what they must be: no texts for numbers, no lists without end", () => {
  const refused = (spec: unknown, what: string) =>
    expect(() => processOf(spec as never)).toThrow(what);
  refused(null, "processOf: the spec must be an object");
  refused({ name: ["vp"] }, "processOf: the spec must be an object with a name");
  // "0.1" + 19.9 t would be a text.
  for (const name of ["vp", "subVp"])
    refused({ name, betaMin: "0.1" }, `${name}: betaMin must be a finite number`);
  refused({ name: "ve", sigmaMax: [50] }, "ve: sigmaMax must be a finite number");
  refused({ name: "ou", tMax: "5" }, "ou: tMax must be a finite number");
  refused({ name: "edm", sigmaMin: "1" }, "edm: sigmaMin must be a finite number");
  refused({ name: "flow", timeScale: [1] }, "flow: timeScale must be a finite number");
  refused({ name: "cosine", tMin: "0" }, "cosine: tMin must be a finite number");
  refused({ name: "discrete", betaEnd: "0.02" }, "discreteSchedule: betaEnd must be a finite");
  refused({ name: "discrete", betas: { length: 1e9 } }, "betas must be a list of numbers");
  refused({ name: "discrete", betas: Array(100_001).fill(0.1) }, "betas must be at most 100000");
  refused(
    { name: "discrete", timesteps: [0, "__proto__"] },
    "timesteps must be a list of integers",
  );
  refused({ name: "discrete", timesteps: { length: 1e9 } }, "timesteps must be a list of integers");
  refused({ name: "scales", sigmas: { length: 2 } }, "sigmas must be at least two");
  refused({ name: "scales", sigmas: ["2", "1"] }, "sigmas must be at least two");
});
