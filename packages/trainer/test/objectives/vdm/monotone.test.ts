import { constant, interpret, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { learnedMonotone, vdmProcess } from "../../../src/index.ts";
import { monotone, monotoneParameters } from "../../../src/objectives/vdm/monotone.ts";

test("it rises from 0 to 1, with the slope of its differences", () => {
  const weights = Object.fromEntries(
    monotoneParameters(9).map(({ name, shape, init }, i) => {
      const values = init(shape, 8, i).map((w) => (name.includes("out") ? 90 * w : 3 * w));
      return [name, constant(Float64Array.from(values), shape)];
    }),
  );
  const times = Float64Array.from({ length: 2001 }, (_, i) => i / 2000);
  const { fraction, slope } = monotone(weights, constant(times));
  const found = interpret(program({ fraction, slope }), {});
  expect(found.fraction![0]).toBeCloseTo(0, 12);
  expect(found.fraction![2000]).toBeCloseTo(1, 12);
  for (let i = 1; i < 2000; i++) {
    const difference = (found.fraction![i + 1]! - found.fraction![i - 1]!) * 1000;
    expect(difference).toBeGreaterThan(0);
    expect(found.slope![i]! / difference).toBeCloseTo(1, 3);
  }
  // Bent, so that the test would see a slope that is not the curve's.
  expect(Math.abs(found.fraction![1000]! - 0.5)).toBeGreaterThan(0.02);
});

test("levels of a schedule have its signal-to-noise ratios, and tell the network its fractions", () => {
  const schedule = learnedMonotone({ min: -6, max: 3, units: 4 });
  const weights = Object.fromEntries(
    schedule.parameters.map(({ name, shape, init }, i) => [name, init(shape, 1, i)]),
  );
  const process = vdmProcess(schedule, weights, 1000);
  expect([process.tMin, process.tMax]).toEqual([0, 1000]);
  const levels = [1000, 400, 0].map(process.level);
  expect(levels.map(({ timestep }) => timestep)).toEqual([1000, 400, 0]);
  for (const { alpha, sigma, timestep } of levels) {
    const gamma = 2 * Math.log(sigma / alpha);
    expect(gamma).toBeCloseTo(-6 + 9 * (timestep / 1000), 6);
    expect(alpha ** 2 + sigma ** 2).toBeCloseTo(1, 12);
  }
});
