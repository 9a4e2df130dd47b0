import fc from "fast-check";
import { expect, test } from "vitest";
import { type DiscreteScheduleOptions, discreteSchedule } from "../../src/index.ts";
import { golden } from "../golden.ts";

interface Tables {
  tables: Record<string, { betas: string; alphaBars: string }>;
}

const TABLES = golden<Tables>("diffusers-tables.json").tables;

function float32(base64: string): Float64Array {
  const { buffer, byteOffset, length } = Buffer.from(base64, "base64");
  return Float64Array.from(new Float32Array(buffer, byteOffset, length / 4));
}

// theory: index, alphaBar, OU time −½ ln alphaBar, log SNR of the linear schedule.
test.each([
  [0, 0.9999, 0.00005, 9.2102],
  [50, 0.9699515, 0.01525, 3.4744],
  [100, 0.8951416, 0.05539, 2.1444],
  [200, 0.656347, 0.21053, 0.6471],
  [300, 0.3940111, 0.46569, -0.4305],
  [400, 0.193572, 0.82105, -1.427],
  [500, 0.07779666, 1.27683, -2.4727],
  [600, 0.02556749, 1.83322, -3.6405],
  [700, 6.868279e-3, 2.49042, -4.9739],
  [800, 1.507521e-3, 3.24864, -6.4958],
  [900, 2.702445e-4, 4.10809, -8.2159],
  [999, 4.03583e-5, 5.05886, -10.1177],
])("the linear schedule at index %i has alphaBar %d", (index, alphaBar, ouTime, logSnr) => {
  const found = discreteSchedule().alphaBars[index]!;
  expect(Math.abs(found / alphaBar - 1)).toBeLessThan(1.3e-7);
  expect(-0.5 * Math.log(found)).toBeCloseTo(ouTime, 5);
  expect(Math.log(found / (1 - found))).toBeCloseTo(logSnr, 4);
});

test.each<[string, DiscreteScheduleOptions]>([
  ["linear", {}],
  ["linear1100", { steps: 1100 }],
  ["scaledLinear", { kind: "scaledLinear", betaStart: 0.00085, betaEnd: 0.012 }],
  ["cosine", { kind: "cosine" }],
])("the float32 tables of %s are diffusers' bit for bit", (name, options) => {
  const { betas, alphaBars } = discreteSchedule({ ...options, precision: "float32" });
  expect(betas).toEqual(float32(TABLES[name]!.betas));
  expect(alphaBars).toEqual(float32(TABLES[name]!.alphaBars));
});

// PyTorch's vector library does not round exp and √ correctly: a last place differs here and there,
// and a thousand factors carry it to four (2^-22).
test.each<[string, DiscreteScheduleOptions]>([
  ["sigmoid", { kind: "sigmoid" }],
  ["linearZeroTerminalSnr", { zeroTerminalSnr: true }],
])("the float32 table of %s is diffusers' to four last places", (name, options) => {
  const { alphaBars } = discreteSchedule({ ...options, precision: "float32" });
  float32(TABLES[name]!.alphaBars).forEach((alphaBar, i) => {
    expect(Math.abs(alphaBars[i]! - alphaBar)).toBeLessThanOrEqual(2 ** -22);
  });
});

test("alphaBar descends strictly from 1 − betas[0], whatever the betas", () => {
  const betas = fc.array(fc.double({ min: 1e-6, max: 0.5, noNaN: true }), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(betas, (given) => {
      const { alphaBars, steps } = discreteSchedule({ betas: given });
      expect(steps).toBe(given.length);
      expect(alphaBars[0]).toBe(1 - given[0]!);
      for (let i = 1; i < steps; i++) expect(alphaBars[i]).toBeLessThan(alphaBars[i - 1]!);
    }),
  );
});

test("bad settings are refused by name", () => {
  expect(() => discreteSchedule({ steps: 1e7 })).toThrow("steps must be at most 100000");
  expect(() => discreteSchedule({ steps: 0 })).toThrow(
    /discreteSchedule: steps must be a positive integer/,
  );
  expect(() => discreteSchedule({ betas: [] })).toThrow(/betas must not be empty/);
  expect(() => discreteSchedule({ betas: [0.1, 0] })).toThrow(
    /every beta must lie in \(0, 1\], got 0/,
  );
  expect(() => discreteSchedule({ betaEnd: 1.5 })).toThrow(/every beta must lie in/);
  expect(() => discreteSchedule({ kind: "quadratic" as "linear" })).toThrow(/got "quadratic"/);
});

test("a chain of ten million steps is refused at once", () => {
  expect(() => discreteSchedule({ steps: 1e7 })).toThrow("steps must be at most 100000");
});
