import { expect, test } from "vitest";
import { numpyLog } from "../../src/diffusers/numpy-log.ts";

test("numpyLog is numpy's float32 logarithm, bit for bit", () => {
  // numpy.log(numpy.float32(x)), numpy 2.4 on x86 with AVX2.
  const table = [
    [157.40728759765625, 5.058836460113525],
    [0.01000049989670515, -4.6051201820373535],
    [96.1760025024414, 4.5661797523498535],
    [4095.999755859375, 8.317766189575195],
    [0.9999999403953552, -5.960465188081798e-8],
    [1.4142135381698608, 0.3465735912322998],
    [1.4142136573791504, 0.34657368063926697],
    [2.9999999242136255e-5, -10.414313316345215],
    [7.699999809265137, 2.041220188140869],
    [12345.677734375, 9.421061515808105],
    [0.33329999446868896, -1.0987123250961304],
  ];
  for (const [x, log] of table) expect(numpyLog(Math.fround(x!))).toBe(Math.fround(log!));
});

test("it is right to a few last places", () => {
  for (let x = 1e-3; x < 1e4; x *= 1.37)
    expect(Math.abs(numpyLog(Math.fround(x)) / Math.log(Math.fround(x)) - 1)).toBeLessThan(1e-6);
});
