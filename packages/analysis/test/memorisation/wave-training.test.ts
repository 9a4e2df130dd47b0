import { ou, philoxNoise, philoxUniform } from "@symbreak/core";
import { expect, test } from "vitest";
import { waveTraining } from "../../src/index.ts";

/** A trapezoidal rule for averages over N(0, 1). */
function normalAverage(f: (z: number) => number): number {
  let [sum, total] = [0, 0];
  for (let z = -8; z <= 8; z += 0.05) {
    const weight = Math.exp(-0.5 * z * z);
    sum += weight * f(z);
    total += weight;
  }
  return sum / total;
}

test("is gradient flow on the losses themselves: three waves, two samples, one dimension", () => {
  const [p, n, ouTime, frequency, seed] = [3, 2, 0.3, 1.2, 7];
  const { alpha, sigma } = ou().level(ouTime);
  const draw = (count: number, stream: number) => {
    const out = new Float64Array(count);
    philoxNoise(seed, [stream])(out, count, 0);
    return out;
  };
  const w = draw(p, 0).map((z) => frequency * z);
  const data = draw(n, 1);
  const b = new Float64Array(p);
  philoxUniform(seed)(b, p, 1);
  const wave = (i: number, x: number) =>
    Math.sqrt(2 / p) * Math.cos(w[i]! * x + 2 * Math.PI * b[i]!);
  /** Mean over the samples, or over the law, and over the noise. */
  const overSamples = (f: (x: number, z: number) => number) =>
    data.reduce((sum, x) => sum + normalAverage((z) => f(alpha * x + sigma * z, z)) / n, 0);
  const overLaw = (f: (x: number, z: number) => number) =>
    normalAverage((x) => normalAverage((z) => f(alpha * x + sigma * z, z)));
  const score = (a: Float64Array, x: number) =>
    a.reduce((sum, value, i) => sum + value * wave(i, x), 0);
  const loss = (a: Float64Array, mean: typeof overLaw) =>
    mean((x, z) => (sigma * score(a, x) + z) ** 2);

  const matrix = w.map((_, at) => at).length;
  const covariance = Array.from({ length: matrix }, (_, i) =>
    Array.from({ length: matrix }, (_, j) => overSamples((x) => wave(i, x) * wave(j, x))),
  );
  const pull = Array.from({ length: matrix }, (_, i) =>
    overSamples((x, z) => (wave(i, x) * z) / sigma),
  );
  let a = new Float64Array(p);
  const end = 4;
  const steps = 40_000;
  for (let k = 0; k < steps; k++)
    a = a.map((value, i) => {
      const slope = covariance[i]!.reduce((sum, u, j) => sum + u * a[j]!, 0) + pull[i]!;
      return value - (end / steps) * slope;
    });
  const { curve } = waveTraining({
    ...{ dimension: 1, features: p, samples: n, ouTime, frequency, seed, times: [1e-9, end] },
  });
  expect(curve[0]!.train).toBeCloseTo(1, 7);
  expect(curve[0]!.test).toBeCloseTo(1, 7);
  expect(curve[1]!.train).toBeCloseTo(loss(a, overSamples), 4);
  expect(curve[1]!.test).toBeCloseTo(loss(a, overLaw), 4);
});

test("memorises in a time ∝ n and generalises in a time that hardly depends on it", () => {
  const [few, more, many] = [16, 32, 64].map((samples) =>
    waveTraining({ dimension: 8, features: 160, samples }),
  );
  for (const [a, b] of [
    [few!, more!],
    [more!, many!],
  ] as const) {
    expect(b.tauMem! / a.tauMem!).toBeGreaterThan(1.6);
    expect(b.tauMem! / a.tauMem!).toBeLessThan(2.4);
    expect(b.tauGen! / a.tauGen!).toBeLessThan(1.25);
  }
  // In the end the samples are known by heart, and the law worse than by nothing.
  for (const { curve, tauBest, tauMem } of [more!, many!]) {
    expect(tauBest).toBeLessThan(tauMem!);
    for (let k = 1; k < curve.length; k++)
      expect(curve[k]!.train).toBeLessThan(curve[k - 1]!.train + 1e-12);
    expect(curve.at(-1)!.test).toBeGreaterThan(1);
    expect(curve.at(-1)!.train).toBeLessThan(0.9);
  }
});

test("names what is wrong", () => {
  const model = { dimension: 2, features: 4, samples: 3 };
  expect(() => waveTraining({ ...model, features: 0 })).toThrow("features must be a positive");
  expect(() => waveTraining({ ...model, ouTime: 0 })).toThrow("ouTime must be positive");
  expect(() => waveTraining({ ...model, times: [2, 1] })).toThrow("times must be positive and");
  expect(() => waveTraining({ ...model, width: 3 } as never)).toThrow("width");
});
