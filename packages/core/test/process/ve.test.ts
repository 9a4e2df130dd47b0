import { expect, test } from "vitest";
import { ve } from "../../src/index.ts";

test("sigma runs geometrically from 0.01 to 50 and the signal is left alone", () => {
  const process = ve();
  expect(process.sigma(0)).toBe(0.01);
  expect(process.sigma(0.5)).toBeCloseTo(Math.sqrt(0.5), 15);
  expect(process.sigma(1)).toBeCloseTo(50, 12);
  expect(process.level(0.5)).toEqual({ alpha: 1, sigma: process.sigma(0.5), timestep: 0.5 });
  expect(process.diffusion(1)).toBeCloseTo(50 * Math.sqrt(2 * Math.log(5000)), 11);
});
