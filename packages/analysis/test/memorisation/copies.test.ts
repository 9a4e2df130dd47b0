import { dataOf, philoxNoise } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { authenticity, copyTest, effectiveMemorisation, trainingTimes } from "../../src/index.ts";

const size = 8;
const draw = (count: number, seed: number) => {
  const values = new Float64Array(count * size);
  philoxNoise(seed)(values, size, 0);
  return dataOf(values, [size]);
};
const training = draw(400, 1);
/** Training samples with a little noise. */
const copies = (() => {
  const { values } = draw(200, 4);
  return dataOf(
    Float64Array.from(values, (z, i) => training.values[i]! + 0.05 * z),
    [size],
  );
})();

describe("authenticity", () => {
  test("fresh samples are authentic about half of the time, copies hardly ever", async () => {
    const fresh = await authenticity(draw(600, 2), training);
    expect(fresh.share.value).toBeGreaterThan(0.4);
    expect(fresh.authentic).toHaveLength(600);
    expect(fresh.share.low).toBeLessThan(fresh.share.value);
    expect((await authenticity(copies, training)).share.value).toBe(0);
  });

  test("is the rule, point by point", async () => {
    const line = dataOf(Float64Array.of(0, 1, 5), [1]);
    const { authentic } = await authenticity(dataOf(Float64Array.of(0.4, -2, 4.9, 9.5), [1]), line);
    // Nearest 0 (its other neighbour 1 away), 0, 5 (4 away), 5.
    expect(authentic).toEqual([false, true, false, true]);
  });
});

describe("copyTest", () => {
  test("is standard for fresh samples and far below for copies", async () => {
    const fresh = await copyTest(draw(300, 2), training, draw(300, 3));
    expect(Math.abs(fresh.value)).toBeLessThan(3);
    expect(fresh).toMatchObject({ samples: 300, heldOut: 300 });
    const found = await copyTest(copies, training, draw(300, 3));
    // All 200 copies lie nearer than every held-out sample: (0 − ½)/√((m + n + 1)/12mn).
    expect(found.farther).toBe(0);
    expect(found.value).toBeCloseTo(-0.5 / Math.sqrt(501 / (12 * 200 * 300)), 10);
  });

  test("over many draws its deviation is 1", async () => {
    const values: number[] = [];
    for (let k = 0; k < 40; k++) {
      values.push((await copyTest(draw(60, 100 + k), training, draw(60, 200 + k))).value);
    }
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(square).toBeGreaterThan(0.5);
    expect(square).toBeLessThan(1.7);
  });

  test("ties count half", async () => {
    const line = dataOf(Float64Array.of(0, 10), [1]);
    const at = (...values: number[]) => dataOf(Float64Array.from(values), [1]);
    expect((await copyTest(at(1, 1), line, at(1, -1))).farther).toBe(0.5);
    expect((await copyTest(at(2, 3), line, at(1, -1))).farther).toBe(1);
  });
});

describe("effectiveMemorisation", () => {
  const points = [
    { training: 1000, memorised: 0.5 },
    { training: 100, memorised: 1 },
    { training: 10_000, memorised: 0 },
  ];

  test("is the greatest set that is given back, and where the share crosses", () => {
    const { measured, interpolated, share } = effectiveMemorisation(points);
    expect({ measured, share }).toEqual({ measured: 100, share: 0.9 });
    // A fifth of the way from 100 to 1000 on a logarithmic axis.
    expect(interpolated).toBeCloseTo(100 * 10 ** 0.2, 8);
    expect(effectiveMemorisation(points, { share: 0.25 }).measured).toBe(1000);
  });

  test("says where it was not reached", () => {
    expect(effectiveMemorisation(points.slice(0, 1))).toMatchObject({ measured: null });
    expect(effectiveMemorisation(points.slice(1, 2))).toEqual({
      ...{ measured: 100, interpolated: null, share: 0.9 },
    });
    expect(() => effectiveMemorisation([])).toThrow("points must be at least one");
    expect(() => effectiveMemorisation([{ training: 0, memorised: 1 }])).toThrow(
      "a size and a share",
    );
    expect(() => effectiveMemorisation(points, { share: 1 })).toThrow("share must lie in (0, 1)");
  });
});

describe("trainingTimes", () => {
  const points = [
    { step: 400, memorised: 0.3, distance: 10.5 },
    { step: 100, memorised: 0, distance: 40 },
    { step: 200, memorised: 0.05, distance: 10.8 },
    { step: 300, memorised: 0.05, distance: 10 },
  ];

  test("reads both times off measured checkpoints, in any order", () => {
    expect(trainingTimes(points)).toEqual({ tauGen: 200, tauMem: expect.closeTo(320, 9) });
    expect(trainingTimes(points, { within: 1 }).tauGen).toBe(300);
    expect(trainingTimes(points, { threshold: 0.5 }).tauMem).toBeNull();
    expect(trainingTimes(points.map((p) => ({ ...p, distance: null }))).tauGen).toBeNull();
    expect(trainingTimes([points[0]!]).tauMem).toBe(400);
  });

  test("names what is wrong", () => {
    expect(() => trainingTimes([])).toThrow("checkpoints must be at least one");
    expect(() => trainingTimes(points, { threshold: 0 })).toThrow("threshold must lie in (0, 1)");
    expect(() => trainingTimes(points, { within: 0.9 })).toThrow("within must be at least 1");
  });
});
