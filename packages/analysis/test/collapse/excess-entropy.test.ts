import { readFileSync } from "node:fs";
import {
  AS_IS,
  type Data,
  dataOf,
  multiply,
  ou,
  philoxNoise,
  twoGaussiansExcessEntropy,
} from "@symbreak/core";
import { expect, test } from "vitest";
import { excessEntropy } from "../../src/index.ts";

/** Two Gaussians at ±(1, …, 1), unit variance, as many of each. */
function mixture(count: number, size: number, seed: number): Data {
  const values = new Float32Array(count * size);
  philoxNoise(seed)(values, size, 0);
  return dataOf(
    values.map((z, i) => z + (Math.floor(i / size) % 2 ? 1 : -1)),
    [size],
  );
}

test("f of two Gaussians has the closed form, finite d included, within its interval", async () => {
  const [count, size] = [3000, 48];
  const ouTimes = [1.4, 1.7, 2, 2.5, 3, 4];
  const { curve, alpha } = await excessEntropy(mixture(count, size, 1), { ouTimes, draws: 600 });
  expect(alpha).toBeCloseTo(Math.log(count) / size, 14);
  const pair = { mean: Math.sqrt(size), deviation: 1 };
  for (const { ouTime, fraction, low, high, excess } of curve) {
    const exact = twoGaussiansExcessEntropy(pair, { count, size }, ou().level(ouTime));
    expect(exact).toBeGreaterThan(low);
    expect(exact).toBeLessThan(high);
    expect(high - low).toBeLessThan(0.08);
    expect(excess).toBeCloseTo(fraction * alpha, 14);
  }
});

test("f is the plain definition of the authors' estimator, apart from the noise it removes", async () => {
  const [count, size, time, draws] = [40, 3, 0.35, 200];
  const data = mixture(count, size, 2);
  const { curve } = await excessEntropy(data, { ouTimes: [time], draws });
  const [signal, noise] = [Math.exp(-time), Math.sqrt(-Math.expm1(-2 * time))];
  const reference: number[] = [];
  const z = new Float64Array(size * 4000);
  philoxNoise(77)(z, size, 0);
  for (let n = 0; n < 4000; n++) {
    const mu = n % count;
    let densities = 0;
    for (let v = 0; v < count; v++) {
      let square = 0;
      for (let j = 0; j < size; j++) {
        const x = signal * data.values[mu * size + j]! + noise * z[n * size + j]!;
        square += (x - signal * data.values[v * size + j]!) ** 2;
      }
      densities += Math.exp(-square / (2 * noise ** 2)) / count;
    }
    reference.push((Math.log(densities) + size / 2) / size + Math.log(count) / size);
  }
  const mean = reference.reduce((sum, value) => sum + value, 0) / reference.length;
  const spread = Math.sqrt(
    reference.reduce((sum, value) => sum + (value - mean) ** 2, 0) / reference.length ** 2,
  );
  const { excess, low, high, fraction } = curve[0]!;
  const error = Math.hypot(spread, ((high - low) / 4) * (excess / fraction));
  expect(Math.abs(excess - mean)).toBeLessThan(3 * error);
});

test("far below the collapse f is 0 and far above it alpha, without scatter", async () => {
  const { curve, collapse, noiseFloor } = await excessEntropy(mixture(500, 200, 3), {
    ouTimes: [0.05, 0.2, 1, 2, 9],
    draws: 100,
  });
  expect(curve[0]).toMatchObject({ fraction: 0, low: 0, high: 0 });
  expect(curve[4]!.fraction).toBeCloseTo(1, 4);
  expect(noiseFloor).toBe(0.03);
  expect(collapse!.ouTime).toBeGreaterThan(0.2);
  expect(collapse!.low).toBeLessThanOrEqual(collapse!.ouTime);
  expect(collapse!.high).toBeGreaterThanOrEqual(collapse!.ouTime);
});

test("the result does not depend on the product, on batches of it, or on the data's offset", async () => {
  const data = mixture(200, 16, 4);
  const options = { ouTimes: [0.5, 1], draws: 50, threshold: 0.1 };
  const found = await excessEntropy(data, options);
  const plain = await excessEntropy(data, { ...options, multiply });
  const moved = await excessEntropy(
    { ...data, units: { name: "moved", a: [1], b: [100] } },
    options,
  );
  for (const other of [plain, moved])
    other.curve.forEach(({ fraction }, k) => {
      expect(fraction).toBeCloseTo(found.curve[k]!.fraction, 5);
    });
});

test("images that occur twice cannot be told apart at any time", async () => {
  const { values, shape } = mixture(50, 20, 5);
  const doubled = dataOf(Float32Array.of(...values, ...values), shape);
  const { curve, collapse } = await excessEntropy(doubled, { ouTimes: [0.001, 0.1], draws: 100 });
  expect(curve[0]!.excess).toBeCloseTo(Math.log(2) / 20, 10);
  expect(collapse).toBeNull();
});

test("the authors' saved curve for d = 256, n = 20000 is reached", async () => {
  const file = new URL("../goldens/two-gaussians-entropy.json", import.meta.url);
  const saved = JSON.parse(readFileSync(file, "utf8")) as { count: number; curve: Point[] };
  const ouTimes = saved.curve.map((point) => point.ouTime);
  const { curve } = await excessEntropy(mixture(saved.count, 256, 6), { ouTimes, draws: 200 });
  for (const [k, { fraction, standardError }] of saved.curve.entries()) {
    expect(fraction).toBeGreaterThan(curve[k]!.low - 2 * standardError);
    expect(fraction).toBeLessThan(curve[k]!.high + 2 * standardError);
  }
});

interface Point {
  readonly ouTime: number;
  readonly fraction: number;
  readonly standardError: number;
}

test("times, draws and threshold are checked", async () => {
  const data = mixture(10, 2, 7);
  await expect(excessEntropy(data, { ouTimes: [0] })).rejects.toThrow("finite times above 0");
  await expect(excessEntropy(data, { draws: 40 })).rejects.toThrow("threshold must lie in");
  const one = dataOf(new Float32Array(2), [2]);
  await expect(excessEntropy(one)).rejects.toThrow("at least 2 samples, got 1");
  const constant = dataOf(new Uint8Array(20).fill(4), [2], AS_IS);
  const { curve } = await excessEntropy(constant, { ouTimes: [1] });
  expect(curve[0]!.fraction).toBeCloseTo(1, 12);
});
