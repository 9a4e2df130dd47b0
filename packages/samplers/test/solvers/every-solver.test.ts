import { CLEAN, type NoiseLevel, philoxNoise, type Samples } from "@symbreak/core";
import { expect, test } from "vitest";
import type { Denoiser } from "../../src/index.ts";
import { CASES, evenLevels, exploding, finalSamples, finalStep, mixtureDenoiser } from "./runs.ts";

const LEVELS = [...evenLevels(6).slice(0, -1), CLEAN];

/** A denoiser of two numbers a sample whose answers depend on the whole sample. */
function pairDenoiser(): Denoiser {
  return {
    shape: [2],
    predicts: "epsilon",
    predict: async (x, { sigma }) =>
      x.map((value: number, i: number) => sigma * value + 0.1 * Math.tanh(x[i ^ 1]!)),
  } as Denoiser;
}

function startOf(count: number, indices: readonly number[], Batch = Float64Array): Samples {
  const start = new Batch(2 * count);
  philoxNoise(3, indices)(start, 2, 0);
  return start;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

test.for(CASES)("$name gives a sample the same numbers in any batch", async (given) => {
  const run = async (indices: readonly number[]) => {
    const noise = philoxNoise(3, indices);
    const start = startOf(indices.length, indices);
    return finalSamples(given.solver.walk(pairDenoiser(), start, LEVELS, { noise }));
  };
  const all = await run(range(64));
  const picked = [17, 3, 63, 0, 40, 8, 9];
  const some = await run(picked);
  picked.forEach((index, row) => {
    expect(some.subarray(2 * row, 2 * row + 2)).toEqual(all.subarray(2 * index, 2 * index + 2));
  });
  expect(await run([17])).toEqual(all.subarray(34, 36));
});

test.for(CASES)("$name counts the network calls that it makes", async ({ solver }) => {
  let calls = 0;
  const inner = mixtureDenoiser();
  const denoiser: Denoiser = {
    ...inner,
    predict: (x, level) => {
      calls++;
      return inner.predict(x, level);
    },
  };
  const run = solver.walk(denoiser, Float64Array.of(0.3, -1), LEVELS, {
    noise: philoxNoise(1),
  });
  const indices = [];
  for await (const step of run) {
    expect(step.nfe).toBe(calls);
    indices.push(step.index);
  }
  expect(indices).toEqual([1, 2, 3, 4, 5, 6]);
});

test.for(CASES)("$name never asks about clean data", async ({ solver }) => {
  const inner = mixtureDenoiser();
  const asked: NoiseLevel[] = [];
  const denoiser: Denoiser = {
    ...inner,
    predict: (x, level) => {
      asked.push(level);
      return inner.predict(x, level);
    },
  };
  for (const steps of [1, 2, 3, 6]) {
    const levels = [...evenLevels(steps).slice(0, -1), CLEAN];
    await finalStep(solver.walk(denoiser, Float64Array.of(1), levels, { noise: philoxNoise(1) }));
  }
  expect(asked.every(({ sigma, timestep }) => sigma > 0 && timestep >= 0)).toBe(true);
});

test.for(CASES)("$name walks exploding levels as it does preserving ones", async (given) => {
  const { solver } = given;
  const levels = evenLevels(6);
  const run = (walk: NoiseLevel[], start: number) =>
    finalSamples(
      solver.walk(mixtureDenoiser(), Float64Array.of(start), walk, {
        noise: philoxNoise(5),
      }),
    );
  const preserving = await run(levels, 0.7);
  const exploded = await run(exploding(levels), 0.7 / levels[0]!.alpha);
  expect(exploded[0]! * levels.at(-1)!.alpha).toBeCloseTo(preserving[0]!, 9);
});

test.for(CASES)(
  "$name keeps the batch's element type and leaves the batch alone",
  async (given) => {
    const { solver } = given;
    for (const start of [Float32Array.of(0.5, -0.2), Float64Array.of(0.5, -0.2)]) {
      const before = start.slice();
      const run = solver.walk(pairDenoiser(), start, LEVELS, { noise: philoxNoise(1) });
      const seen = new Set();
      for await (const { x, denoised } of run) {
        expect(x.constructor).toBe(start.constructor);
        expect(denoised.length).toBe(2);
        expect(seen.has(x)).toBe(false);
        seen.add(x);
      }
      expect(start).toEqual(before);
    }
  },
);

test.for(CASES)("$name stops between network calls when aborted", async ({ solver }) => {
  const controller = new AbortController();
  let calls = 0;
  const inner = mixtureDenoiser();
  const denoiser: Denoiser = {
    ...inner,
    predict: (x, level, extra) => {
      expect(extra?.signal).toBe(controller.signal);
      if (++calls === 3) controller.abort(new Error("enough"));
      return inner.predict(x, level);
    },
  };
  const run = solver.walk(denoiser, Float64Array.of(1), LEVELS, {
    noise: philoxNoise(1),
    signal: controller.signal,
  });
  await expect(finalStep(run)).rejects.toThrow("enough");
  expect(calls).toBe(3);
});

test.for(CASES)("$name names itself, the step and the level of a bad answer", async (given) => {
  const { name } = given.solver;
  const run = (answer: (x: Samples) => Samples) => {
    let calls = 0;
    const inner = mixtureDenoiser();
    const denoiser: Denoiser = {
      ...inner,
      predict: async (x, level) => (++calls === 2 ? answer(x) : inner.predict(x, level)),
    };
    const options = { noise: philoxNoise(1) };
    return finalStep(given.solver.walk(denoiser, Float64Array.of(1, 2), LEVELS, options));
  };
  await expect(run(() => Float64Array.of(1, Number.NaN))).rejects.toThrow(
    new RegExp(
      `^${name}: the denoiser must return finite numbers \\(step [12] of 6, alpha .*, sigma .*, timestep .*\\), got NaN$`,
    ),
  );
  await expect(run(() => new Float32Array(3))).rejects.toThrow(
    new RegExp(`^${name}: the denoiser must return 2 numbers \\(step [12] of 6, .*\\), got 3$`),
  );
});

test.for(CASES.filter(({ stochastic }) => stochastic))(
  "$name asks for the noise that it needs",
  async ({ solver }) => {
    const run = solver.walk(mixtureDenoiser(), Float64Array.of(1), LEVELS);
    await expect(finalStep(run)).rejects.toThrow(/noise must be given/);
  },
);
