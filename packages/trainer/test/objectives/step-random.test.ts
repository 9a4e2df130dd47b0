import { expect, test } from "vitest";
import { stepRandom, stratified } from "../../src/objectives/step-random.ts";

test("numbers depend on seed, step, kind and row, and on nothing else", () => {
  const draw = (seed: number, step: number, kind: "noise" | "decoder", count = 2): number[] => {
    const out = new Float32Array(3 * count);
    stepRandom(seed, step).normal(out, 3, kind);
    return Array.from(out.subarray(0, 6));
  };
  const base = draw(1, 5, "noise");
  expect(draw(1, 5, "noise")).toEqual(base);
  expect(draw(1, 5, "noise", 9)).toEqual(base);
  const others = [draw(2, 5, "noise"), draw(1, 6, "noise"), draw(1, 5, "decoder")];
  for (const other of others) for (const value of other) expect(base).not.toContain(value);
});

test("stratified times put one number in each equal part, uniform within it", () => {
  let mean = 0;
  for (let step = 0; step < 200; step++) {
    const u = stratified(stepRandom(3, step), 8);
    u.forEach((value, i) => {
      expect(Math.floor(value * 8)).toBe(i);
      mean += (value * 8 - i) / 1600;
    });
  }
  // Three standard errors of the mean of 1600 uniform numbers.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.022);
});
