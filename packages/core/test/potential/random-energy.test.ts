import { expect, test } from "vitest";
import { collapseOuTime, empirical, philoxNoise, randomEnergy } from "../../src/index.ts";
import { ouLevel } from "../variance-preserving.ts";

test("it collapses at the collapse time of Gaussian data, for any variance", () => {
  for (const [count, size, variance] of [
    [1000, 64, 1],
    [20_000, 256, 0.3],
    [500, 12, 4],
  ] as const) {
    const time = collapseOuTime({ count, size }, variance);
    const at = (factor: number) => randomEnergy({ count, size }, variance, factor * time);
    expect([at(0.999).collapsed, at(1.001).collapsed]).toEqual([true, false]);
    expect(Math.abs(at(1).others)).toBeLessThan(1e-3);
  }
});

test("the others weigh psi + ½ = alpha − ½ ln(1 + r) where they are many", () => {
  const { others } = randomEnergy({ count: 1000, size: 64 }, 1, 1.5);
  expect(others).toBeCloseTo(Math.log(1000) / 64 - 0.5 * Math.log1p(1 / Math.expm1(3)), 14);
});

test("from data to noise the number of points that share a state grows from 1 to n without a jump", () => {
  const data = { count: 1000, size: 64 };
  const collapse = collapseOuTime(data);
  const numbers = Array.from(
    { length: 400 },
    (_, k) => randomEnergy(data, 1, 0.01 + k / 50).logNumber,
  );
  expect(randomEnergy(data, 1, collapse * 0.999).logNumber).toBe(0);
  expect(randomEnergy(data, 1, collapse * 1.05).logNumber).toBeGreaterThan(0);
  expect(numbers.at(-1)).toBeCloseTo(1, 4);
  numbers.slice(1).forEach((value, k) => {
    expect(value).toBeGreaterThanOrEqual(numbers[k]!);
    expect(value).toBeLessThan(numbers[k]! + 0.05);
  });
});

test("with more dimensions at the same ln n/d the measured number comes closer, on both sides of the collapse", () => {
  const gapsOf = (count: number, size: number) => {
    const values = new Float64Array(count * size);
    philoxNoise(1)(values, size, 0);
    const law = empirical(values, size);
    return [0.6, 0.9, 1.2, 2].map((factor) => {
      const time = factor * collapseOuTime({ count, size });
      const x = law.sample(100, philoxNoise(2), ouLevel(time));
      const logs = law.participation(x, ouLevel(time)).map(Math.log);
      const measured = logs.reduce((sum, value) => sum + value, 0) / 100 / Math.log(count);
      return Math.abs(measured - randomEnergy({ count, size }, 1, time).logNumber);
    });
  };
  const [few, many] = [gapsOf(20, 100), gapsOf(2500, 261)];
  expect(many[0]).toBeLessThan(1e-3);
  expect(many[3]).toBeLessThan(0.01);
  expect(many[1]).toBeLessThan(0.6 * few[1]!);
  expect(many[2]).toBeLessThan(0.8 * few[2]!);
});

test("constant data cannot be told apart, and wrong arguments are named", () => {
  expect(randomEnergy({ count: 10, size: 3 }, 0, 1).logNumber).toBeCloseTo(1, 12);
  const where = "randomEnergy: ";
  expect(() => randomEnergy({ count: 1, size: 3 }, 1, 1)).toThrow(
    `${where}count must be more than`,
  );
  expect(() => randomEnergy({ count: 9, size: 0 }, 1, 1)).toThrow(`${where}size`);
  expect(() => randomEnergy({ count: 9, size: 3 }, -1, 1)).toThrow(`${where}variance`);
  expect(() => randomEnergy({ count: 9, size: 3 }, 1, 0)).toThrow(`${where}ouTime`);
});
