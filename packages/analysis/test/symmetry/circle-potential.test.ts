import { generativePotential, philoxNoise, type TwoGaussians } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { circlePotential } from "../../src/index.ts";
import { twoGaussianDenoiser } from "./laws.ts";
import { explode, vpLevels } from "./levels.ts";

const size = 4;
const pair: TwoGaussians = { mean: 2, deviation: 0.4 };
const { mixture, denoiser } = twoGaussianDenoiser(pair, size);
/** Pairs across the two classes: sample 2k from the one, 2k + 1 from the other. */
const data = (pairs: number) => {
  const [a, b] = [0, 1].map((k) => mixture.conditional([k]).sample(pairs, philoxNoise(5 + k)));
  const out = new Float64Array(2 * pairs * size);
  for (let n = 0; n < pairs; n++) {
    out.set(a!.subarray(n * size, (n + 1) * size), 2 * n * size);
    out.set(b!.subarray(n * size, (n + 1) * size), (2 * n + 1) * size);
  }
  return out;
};

describe("circlePotential", () => {
  test.each([0, 0.7])(
    "is the mean of the exact potential over the circles (about %d)",
    async (centre) => {
      const levels = vpLevels(1, 0.4, 2);
      const mean = new Float64Array(size).fill(centre);
      const clean = data(3);
      const { angles, at } = await circlePotential({
        denoiser,
        data: clean,
        levels,
        mean,
        points: 721,
      });
      expect(angles[0]).toBeCloseTo(-0.2 * Math.PI, 12);
      expect(angles.at(-1)).toBeCloseTo(0.7 * Math.PI, 12);
      for (const [k, level] of levels.entries()) {
        const noise = new Float64Array(clean.length);
        philoxNoise(0)(noise, size, k);
        const x = clean.map((value, i) => level.alpha * (value - centre) + level.sigma * noise[i]!);
        const u = (angle: number) => {
          let sum = 0;
          for (let n = 0; n < 3; n++) {
            const point = Float64Array.from(
              { length: size },
              (_, i) =>
                level.alpha * centre +
                Math.cos(angle) * x[2 * n * size + i]! +
                Math.sin(angle) * x[(2 * n + 1) * size + i]!,
            );
            sum += generativePotential(mixture, point, level)[0]! / 3;
          }
          return sum;
        };
        const exact = angles.map(u);
        const lowest = Math.min(...exact);
        const worst = Math.max(
          ...exact.map((value, i) => Math.abs(value - lowest - at[k]!.potential[i]!)),
        );
        expect(worst / (Math.max(...exact) - lowest)).toBeLessThan(1e-4);
        const barrier = u(Math.PI / 4) - 0.5 * (u(0) + u(Math.PI / 2));
        expect(at[k]!.barrier).toBeCloseTo(barrier, 3);
      }
    },
  );

  test("one well becomes two between samples of two classes", async () => {
    const { at, pairs } = await circlePotential({
      denoiser,
      data: data(200),
      levels: vpLevels(3, 0.3, 6),
    });
    expect(pairs).toBe(200);
    const [first, last] = [at[0]!, at.at(-1)!];
    expect(last.barrier).toBeGreaterThan(5 * last.barrierError);
    expect(Math.abs(first.barrier)).toBeLessThan(4 * first.barrierError);
    expect(first.barrier).toBeLessThan(0.3 * last.barrier);
  });

  test("what it needs is checked", async () => {
    const run = { denoiser, levels: vpLevels(1, 0.5, 2) };
    await expect(circlePotential({ ...run, data: data(1) })).rejects.toThrow("two pairs");
    await expect(circlePotential({ ...run, data: data(2), points: 50 })).rejects.toThrow(
      "multiple of 18",
    );
  });

  test("variance-exploding levels of the same signal have the same potential", async () => {
    const levels = vpLevels(1, 0.4, 2);
    const run = { denoiser, data: data(3), mean: new Float64Array(size).fill(0.3) };
    const preserving = await circlePotential({ ...run, levels });
    const exploding = await circlePotential({ ...run, levels: levels.map(explode) });
    for (const [k, { potential, barrier, time }] of exploding.at.entries()) {
      expect(time.ouTime).toBeCloseTo(preserving.at[k]!.time.ouTime, 10);
      expect(barrier).toBeCloseTo(preserving.at[k]!.barrier, 9);
      for (const [i, value] of potential.entries())
        expect(value).toBeCloseTo(preserving.at[k]!.potential[i]!, 9);
    }
  });
});
