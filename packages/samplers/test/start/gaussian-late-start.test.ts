import {
  covarianceMatrix,
  discreteSchedule,
  gaussian,
  levelAt,
  levels,
  type Moments,
  type NoiseLevel,
  philoxNoise,
  type Samples,
  spectralCovariance,
  timesteps,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { sample } from "../../src/sample.ts";
import { ddim } from "../../src/solvers/ddim.ts";
import { gaussianFlow, gaussianLateStart } from "../../src/start/gaussian-late-start.ts";
import type { Draw } from "../../src/start/start.ts";

const schedule = discreteSchedule();
const SIZE = 5;
const mean = Float64Array.of(1, -1, 0.5, 0, 2);

function randomMatrix(): Float64Array {
  const matrix = new Float64Array(SIZE * SIZE);
  philoxNoise(8)(matrix, SIZE, 0);
  return matrix;
}

/** A full covariance, F Fᵀ. */
const dense = (() => {
  const f = randomMatrix();
  const c = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++)
    for (let j = 0; j < SIZE; j++)
      for (let k = 0; k < SIZE; k++) c[i * SIZE + j]! += f[i * SIZE + k]! * f[j * SIZE + k]!;
  return c;
})();
const full = spectralCovariance(dense, SIZE);

const kinds: Record<string, Moments> = {
  full: { size: SIZE, mean, covariance: full },
  "low rank": {
    size: SIZE,
    mean,
    covariance: {
      kind: "spectral",
      eigenvalues: full.eigenvalues.slice(0, 2),
      eigenvectors: full.eigenvectors.slice(0, 2 * SIZE),
      residual: 0.07,
    },
  },
  "singular full": {
    size: SIZE,
    mean,
    covariance: { ...full, eigenvalues: full.eigenvalues.map((value, i) => (i < 2 ? value : 0)) },
  },
  diagonal: {
    size: SIZE,
    mean,
    covariance: { kind: "diagonal", variances: Float64Array.of(4, 1, 0, 0.1, 9) },
  },
};

/** The mean of a start, and its response to a unit of noise in each coordinate: one row each. */
function measure(draw: Draw): { mean: Float64Array; response: Float64Array } {
  const rows = draw(SIZE + 1, (out) => {
    out.fill(0);
    for (let i = 0; i < SIZE; i++) out[(i + 1) * SIZE + i] = 1;
  }) as Float64Array;
  const response = rows.slice(SIZE).map((value, i) => value - rows[i % SIZE]!);
  return { mean: rows.slice(0, SIZE), response };
}

describe("gaussianLateStart", () => {
  for (const [kind, moments] of Object.entries(kinds))
    test(`has mean alpha μ and covariance alpha² C + sigma² I exactly: ${kind}`, () => {
      const clean = covarianceMatrix(moments.covariance, SIZE);
      const exploding: NoiseLevel = { alpha: 1, sigma: 3, timestep: 3 };
      for (const level of [levelAt(schedule, 50), levelAt(schedule, 500), exploding]) {
        const { mean: found, response } = measure(
          gaussianLateStart(moments, level).begin(level, SIZE),
        );
        for (let i = 0; i < SIZE; i++) {
          expect(found[i]!).toBeCloseTo(level.alpha * mean[i]!, 13);
          for (let j = 0; j < SIZE; j++) {
            let covariance = 0;
            for (let k = 0; k < SIZE; k++)
              covariance += response[k * SIZE + i]! * response[k * SIZE + j]!;
            const noise = i === j ? level.sigma ** 2 : 0;
            expect(covariance).toBeCloseTo(level.alpha ** 2 * clean[i * SIZE + j]! + noise, 12);
            // The root is the symmetric one.
            expect(response[i * SIZE + j]!).toBeCloseTo(response[j * SIZE + i]!, 12);
          }
        }
      }
    });

  test("takes a timestep and finds its level in the schedule of the run", async () => {
    const run = {
      denoiser: exactDenoiser(gaussian(kinds.full!)),
      process: schedule,
      solver: ddim(),
      steps: 2,
      count: 3,
      seed: 1,
    };
    const made = (at: number | NoiseLevel) =>
      sample({ ...run, start: gaussianLateStart(kinds.full!, at) });
    const [byTime, byLevel] = [await made(400), await made(levelAt(schedule, 400))];
    expect(byTime.levels[0]).toEqual(levelAt(schedule, 400));
    expect(byTime.samples).toEqual(byLevel.samples);
    const short = { ...run, process: discreteSchedule({ steps: 100 }) };
    await expect(sample({ ...short, start: gaussianLateStart(kinds.full!, 400) })).rejects.toThrow(
      "timestep must lie in [0, 99]",
    );
  });

  test("from one seed at different levels draws points of one trajectory of the Gaussian flow", () => {
    for (const moments of [kinds.full!, kinds["low rank"]!]) {
      const [early, late] = [levelAt(schedule, 900), levelAt(schedule, 300)];
      const above = gaussianLateStart(moments, early).begin(early, SIZE)(4, philoxNoise(6));
      const below = gaussianLateStart(moments, late).begin(late, SIZE)(4, philoxNoise(6));
      const flowed = gaussianFlow(moments, above, early, late);
      for (const [i, value] of below.entries()) expect(flowed[i]!).toBeCloseTo(value, 11);
    }
  });

  test("draws sample i from its own numbers only", () => {
    const level = levelAt(schedule, 400);
    const draw = gaussianLateStart(kinds["low rank"]!, level).begin(level, SIZE);
    const together = draw(7, philoxNoise(1));
    const alone = draw(1, philoxNoise(1, [4]));
    expect(Array.from(together.subarray(4 * SIZE, 5 * SIZE))).toEqual(Array.from(alone));
  });

  test("of large images with low-rank moments stays within a gigabyte and is quick", () => {
    const [size, rank] = [12288, 64];
    const eigenvectors = new Float64Array(rank * size);
    // Cosines of different frequency: orthonormal without any work.
    for (let k = 0; k < rank; k++)
      for (let i = 0; i < size; i++)
        eigenvectors[k * size + i] =
          Math.sqrt(2 / size) * Math.cos((Math.PI * (k + 1) * (i + 0.5)) / size);
    const eigenvalues = Float64Array.from({ length: rank }, (_, k) => 500 / (k + 1));
    const covariance = { kind: "spectral", eigenvalues, eigenvectors, residual: 0.01 } as const;
    const before = process.memoryUsage().arrayBuffers;
    const level = levelAt(schedule, 400);
    const moments = { size, mean: new Float64Array(size), covariance };
    const draw = gaussianLateStart(moments, level).begin(level, size);
    const x = draw(16, philoxNoise(1));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e8);
    expect(draw(1, philoxNoise(1, [5]))).toEqual(x.slice(5 * size, 6 * size));
    const { alpha, sigma } = level;
    // Along the eigenvectors it is alpha² λ + sigma²; 16 × 64 squared normals.
    let [along, square] = [0, 0];
    for (let n = 0; n < 16; n++)
      for (let k = 0; k < rank; k++) {
        let dot = 0;
        for (let i = 0; i < size; i++) dot += x[n * size + i]! * eigenvectors[k * size + i]!;
        along += dot ** 2 / (alpha ** 2 * eigenvalues[k]! + sigma ** 2) / (16 * rank);
      }
    for (const value of x) square += value ** 2 / 16;
    expect(Math.abs(along - 1)).toBeLessThan(4 * Math.sqrt(2 / (16 * rank)));
    const trace = eigenvalues.reduce((sum, value) => sum + alpha ** 2 * value + sigma ** 2, 0);
    const rest = (size - rank) * (alpha ** 2 * 0.01 + sigma ** 2);
    expect(Math.abs(square / (trace + rest) - 1)).toBeLessThan(0.05);
  });
});

describe("gaussianFlow", () => {
  test("is what many DDIM steps with the exact denoiser make of the same z, to first order in the step", async () => {
    const moments = kinds.full!;
    const [from, to] = [levelAt(schedule, 999), levelAt(schedule, 300)];
    const z = new Float64Array(2 * SIZE);
    philoxNoise(2)(z, SIZE, 0);
    const exact = gaussianFlow(moments, z, from, to);
    const off = async (n: number) => {
      const grid = timesteps("linspace", n + 1, { steps: 700 }).map((index) => 300 + index);
      let x: Samples = z;
      for await (const step of ddim().walk(
        exactDenoiser(gaussian(moments)),
        z,
        levels(schedule, grid, null),
      ))
        x = step.x;
      return Math.max(...Array.from(x, (value, i) => Math.abs(value - exact[i]!)));
    };
    const [coarse, fine] = [await off(100), await off(200)];
    expect(fine).toBeLessThan(0.05);
    expect(fine / coarse).toBeLessThan(0.6);
  });
});
