import { expect, test } from "vitest";
import { discreteSchedule, logSnr, ou } from "../../src/index.ts";

test("t = −½ ln alphaBar: the linear DDPM chain ends at 5.05886", () => {
  const alphaBar = discreteSchedule().alphaBars[999]!;
  expect(ou().timeAt(Math.log(alphaBar / (1 - alphaBar)))).toBeCloseTo(5.05886, 5);
});

test("alpha = 1/√2 at t = ½ ln 2, where signal and noise are equal", () => {
  const t = 0.5 * Math.LN2;
  expect(ou().alpha(t)).toBeCloseTo(Math.SQRT1_2, 15);
  expect(logSnr(ou().level(t))).toBeCloseTo(0, 14);
});
