import { AS_IS, collapseOuTime, dataOf, empirical, ou, philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { participation } from "../../src/index.ts";

const [count, size] = [800, 90];
const values = new Float64Array(count * size);
philoxNoise(1)(values, size, 0);
const data = dataOf(values, [size]);
const collapse = collapseOuTime({ count, size });

test("it is the inverse participation ratio of the empirical posterior", async () => {
  const ouTimes = [0.7, 1.1, 1.6].map((factor) => factor * collapse);
  const { curve } = await participation(data, { ouTimes, draws: 400 });
  const law = empirical(values, size);
  for (const { ouTime, overlap, low, high, logNumber } of curve) {
    const level = ou().level(ouTime);
    const ratios = law.participation(law.sample(400, philoxNoise(9), level), level);
    const mean = ratios.reduce((sum, ratio) => sum + 1 / ratio, 0) / 400;
    expect(Math.abs(overlap - mean)).toBeLessThan(1.5 * (high - low));
    const logs = ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / 400 / Math.log(count);
    expect(Math.abs(logNumber - logs)).toBeLessThan(0.04);
  }
});

test("it condenses at t_C as the random-energy model says: 1 well below, 1/n well above", async () => {
  const { curve, variance } = await participation(data, {
    ouTimes: [0.4 * collapse, 2.5 * collapse, 8],
    draws: 200,
  });
  expect(variance).toBeCloseTo(1, 1);
  expect(curve[0]!.overlap).toBeGreaterThan(0.999);
  expect(curve[0]!.randomEnergy).toBe(0);
  expect(Math.abs(curve[1]!.logNumber - curve[1]!.randomEnergy)).toBeLessThan(0.02);
  expect(curve[2]!.overlap).toBeCloseTo(1 / count, 4);
});

test("constant images share alike at all times; one sample and bad times are errors", async () => {
  const constant = dataOf(new Uint8Array(30).fill(7), [3], AS_IS);
  const { curve } = await participation(constant, { ouTimes: [0.01], draws: 5 });
  expect(curve[0]).toMatchObject({
    overlap: expect.closeTo(0.1, 12),
    logNumber: expect.closeTo(1, 12),
  });
  const one = dataOf(new Float64Array(3), [3]);
  await expect(participation(one, { ouTimes: [1] })).rejects.toThrow("at least 2 samples");
  await expect(participation(data, { ouTimes: [-1] })).rejects.toThrow("finite times above 0");
});
