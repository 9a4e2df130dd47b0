import { expect, test } from "vitest";
import {
  curieWeissCurvature,
  curieWeissFixedPoints,
  curieWeissPotential,
  curieWeissTimes,
} from "../../src/index.ts";

test.each([
  [256, 2.77258872],
  [1024, 3.4657359],
  [4096, 4.15888308],
  [16384, 4.85203026],
])("speciation of two classes in %d dimensions, and the splitting ½ ln 2 later", (size, time) => {
  const { critical, speciation } = curieWeissTimes({ size });
  expect(speciation).toBeCloseTo(time, 8);
  expect(critical - speciation).toBeCloseTo(0.5 * Math.log(2), 15);
});

test("V is its formula, and does not overflow far out", () => {
  const model = { size: 64, meanSquare: 0.5 };
  const q = 0.7;
  const direct = 0.5 * q * q - Math.log(Math.cosh(q * Math.exp(-1.2) * 8));
  expect(curieWeissPotential(model, q, 1.2)).toBeCloseTo(direct, 14);
  expect(curieWeissPotential(model, -q, 1.2)).toBe(curieWeissPotential(model, q, 1.2));
  expect(curieWeissPotential(model, 0, 1.2)).toBe(0);
  expect(curieWeissPotential(model, 1e6, 0)).toBeCloseTo(0.5e12 - 8e6 + Math.LN2, 2);
});

test("its curvature is its second difference and vanishes at t*", () => {
  const model = { size: 64, meanSquare: 0.5 };
  const h = 1e-3;
  const second = (2 * curieWeissPotential(model, h, 1.2)) / (h * h);
  expect(curieWeissCurvature(model, 1.2)).toBeCloseTo(second, 4);
  expect(curieWeissCurvature(model, curieWeissTimes(model).critical)).toBeCloseTo(0, 14);
});

test("one well before t*, two wells and a barrier after, each flat", () => {
  const model = { size: 64, meanSquare: 0.5 };
  const { critical } = curieWeissTimes(model);
  expect(curieWeissFixedPoints(model, critical + 1e-3)).toEqual([{ x: 0, stable: true }]);
  const points = curieWeissFixedPoints(model, critical - 0.3);
  expect(points.map(({ stable }) => stable)).toEqual([true, false, true]);
  for (const { x } of points) {
    const [up, down] = [x + 1e-5, x - 1e-5].map((q) =>
      curieWeissPotential(model, q, critical - 0.3),
    );
    expect((up! - down!) / 2e-5).toBeCloseTo(0, 9);
  }
  expect(points[2]!.x).toBeGreaterThan(0);
});

test("wrong models are named", () => {
  expect(() => curieWeissTimes({ size: 0 })).toThrow(
    "curieWeissTimes: size must be a positive integer",
  );
  expect(() => curieWeissPotential({ size: 2, meanSquare: 0 }, 1, 1)).toThrow(
    "curieWeissPotential: meanSquare must be positive and finite, got 0",
  );
});
