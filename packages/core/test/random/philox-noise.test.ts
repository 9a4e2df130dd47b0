import fc from "fast-check";
import { expect, test } from "vitest";
import { philoxNoise, philoxUniform } from "../../src/index.ts";

const N = 200_000;

const FROZEN = [
  -1.860358935944663, 0.29576878523323763, 0.34967773982578715, -0.8090923408754053,
  -0.06845923080285274,
];

/** √n times the largest gap between an empirical and a true distribution function. */
function kolmogorov(sorted: Float64Array, cdf: (x: number) => number): number {
  let largest = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    largest = Math.max(
      largest,
      Math.abs(p - i / sorted.length),
      Math.abs(p - (i + 1) / sorted.length),
    );
  });
  return largest * Math.sqrt(sorted.length);
}

/** Φ(x), Simpson's rule on the density. */
function normalCdf(x: number): number {
  const steps = 60;
  const h = x / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++)
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-0.5 * (i * h) ** 2);
  return 0.5 + ((h / 3) * sum) / Math.sqrt(2 * Math.PI);
}

function normals(seed: number | bigint, draw = 0): Float64Array {
  const out = new Float64Array(N);
  philoxNoise(seed)(out, N, draw);
  return out;
}

test("normals have the moments of N(0, 1) within five standard errors", () => {
  const x = normals(1);
  const moment = (power: number) => x.reduce((sum, value) => sum + value ** power, 0) / N;
  const error = 5 / Math.sqrt(N);
  expect(Math.abs(moment(1))).toBeLessThan(error);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(error * Math.sqrt(2));
  expect(Math.abs(moment(3))).toBeLessThan(error * Math.sqrt(15));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(error * Math.sqrt(96));
});

test("normals pass the Kolmogorov–Smirnov test at the 0.1 % level", () => {
  expect(kolmogorov(normals(2).sort(), normalCdf)).toBeLessThan(1.95);
});

test("uniforms pass the Kolmogorov–Smirnov test at the 0.1 % level and stay inside (0, 1)", () => {
  const x = new Float64Array(N);
  philoxUniform(3)(x, N, 0);
  x.sort();
  expect(kolmogorov(x, (p) => p)).toBeLessThan(1.95);
  expect(x[0]).toBeGreaterThan(0);
  expect(x[N - 1]).toBeLessThan(1);
});

test("neighbours, draws, samples and seeds are uncorrelated", () => {
  const x = normals(4);
  const other = new Float64Array(N);
  philoxNoise(4, [1])(other, N, 0);
  const shifted = x.map((_, i) => x[(i + 1) % N]!);
  for (const y of [shifted, normals(4, 1), normals(5), normals(4n + (1n << 32n)), other]) {
    const correlation = x.reduce((sum, value, i) => sum + value * y[i]!, 0) / N;
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(N));
  }
});

test("a sample is the same alone and in any batch", () => {
  const any = fc.record({
    seed: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    indices: fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 9 }),
    size: fc.integer({ min: 1, max: 21 }),
    draw: fc.integer({ min: 0, max: 1000 }),
  });
  fc.assert(
    fc.property(any, ({ seed, indices, size, draw }) => {
      const batch = new Float32Array(indices.length * size);
      philoxNoise(seed, indices)(batch, size, draw);
      indices.forEach((index, row) => {
        const alone = new Float32Array(size);
        philoxNoise(seed, [index])(alone, size, draw);
        expect(batch.subarray(row * size, (row + 1) * size)).toEqual(alone);
      });
    }),
  );
});

test("a shorter sample is the beginning of a longer one", () => {
  const [long, short] = [new Float64Array(11), new Float64Array(6)];
  philoxNoise(9)(long, 11, 2);
  philoxNoise(9)(short, 6, 2);
  expect(short).toEqual(long.subarray(0, 6));
});

test("the numbers of a seed are frozen", () => {
  const out = new Float64Array(5);
  philoxNoise(42, [7])(out, 5, 3);
  expect([...out]).toEqual(FROZEN);
});

test("a seed, index or draw that is not an integer in range is refused by name", () => {
  const out = new Float32Array(4);
  for (const seed of [-1, 0.5, Number.NaN, 2 ** 53, 1n << 64n])
    expect(() => philoxNoise(seed)).toThrow(/philoxNoise: seed must be an integer/);
  expect(() => philoxNoise(1, [0.5])(out, 4, 0)).toThrow(/indices must be integers/);
  expect(() => philoxNoise(1, [0])(out, 2, 0)).toThrow(/one a row \(row 1\)/);
  expect(() => philoxUniform(1)(new Float64Array(4), 4, -1)).toThrow(/draw must be an integer/);
});
