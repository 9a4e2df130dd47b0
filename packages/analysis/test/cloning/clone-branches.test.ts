import { discreteSchedule, gaussianMixture, levelList, ou, philoxNoise } from "@symbreak/core";
import { ddim, ddpm, exactDenoiser, gaussianLateStart, sample } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { type CloneBranch, cloneBranches } from "../../src/index.ts";

const mixture = gaussianMixture({
  weights: [1, 1],
  means: [
    [2, 1],
    [-2, -1],
  ],
  covariances: [0.1, 0.1],
});
const run = {
  denoiser: exactDenoiser(mixture),
  solver: ddpm(),
  process: discreteSchedule(),
  steps: 12,
  seed: 5,
  precision: "float64" as const,
};
const ouTimes = [0.2, 0.8, 2];

async function all(options: Parameters<typeof cloneBranches>[0]): Promise<CloneBranch[]> {
  const branches: CloneBranch[] = [];
  for await (const branch of cloneBranches(options)) branches.push(branch);
  return branches;
}

/** The clones of trajectory `i` that branch after `step` steps. */
function clonesOf(branches: CloneBranch[], step: number, i: number): number[][] {
  const { samples, first, count } = branches.find(
    (b) => b.step === step && b.first <= i && i < b.first + b.count,
  )!;
  const row = (clone: number) => 2 * (clone * count + i - first);
  return [0, 1].map((clone) => Array.from(samples.subarray(row(clone), row(clone) + 2)));
}

test("clones are the same in one batch, in many, in shards, and whichever other times are asked for", async () => {
  const whole = await all({ ...run, ouTimes, count: 7, batch: 7 });
  const others = [
    await all({ ...run, ouTimes, count: 7, batch: 2 }),
    [
      ...(await all({ ...run, ouTimes, count: 3 })),
      ...(await all({ ...run, ouTimes, first: 3, count: 4 })),
    ],
  ];
  const [{ step: alone }] = (await all({ ...run, ouTimes: [0.8], count: 7 })) as [CloneBranch];
  others.push(await all({ ...run, ouTimes: [0.8], count: 7 }));
  for (const other of others)
    for (const step of other === others[2] ? [alone] : whole.map((branch) => branch.step))
      for (let i = 0; i < 7; i++)
        expect(clonesOf(other, step, i)).toEqual(clonesOf(whole, step, i));
});

test("the state at a branch is that of a plain run, and a clone's path from it is new", async () => {
  const [branch] = await all({ ...run, ouTimes: [0.8], count: 3 });
  const states: number[][] = [];
  await sample({ ...run, count: 3, onStep: ({ x }) => states.push(Array.from(x)) });
  expect(Array.from(branch!.state)).toEqual(states[branch!.step - 1]);
  const ends = new Set([...Array.from(branch!.samples), ...states.at(-1)!]);
  expect(ends.size).toBe(3 * 2 * 2 + 3 * 2);
});

test("branches at different times, clones and trajectories share no noise", async () => {
  // A denoiser that knows nothing and a long last-but-one step: the state is then the last draw, scaled.
  const levels = [3, 2, 1, 0.5].map((t) => ou().level(t));
  const blind = { shape: [1], predicts: "sample", predict: async (x: Float64Array) => x } as never;
  const draws = new Set<number>();
  let count = 0;
  for await (const { samples } of cloneBranches({
    ...{
      denoiser: blind,
      solver: ddpm(),
      grid: levelList(levels),
      seed: 3,
      precision: "float64" as const,
    },
    ...{ ouTimes: [3, 2, 1], count: 50, clones: 3 },
  })) {
    for (const value of samples) draws.add(value);
    count += samples.length;
  }
  expect(count).toBe(3 * 3 * 50);
  expect(draws.size).toBe(count);
});

test("the start itself is a branch point, also a late start", async () => {
  const [late] = await all({
    ...{ ...run, count: 2, ouTimes: [4], steps: 4 },
    start: gaussianLateStart(mixture.moments(), 500),
  });
  expect(late!.step).toBe(0);
  expect(late!.level.timestep).toBe(500);
});

test("evaluations and progress count trajectories and clones", async () => {
  const fractions: number[] = [];
  const branches = await all({
    ...{ ...run, ouTimes: [0.2, 2], count: 5, batch: 2, clones: 3 },
    onProgress: (fraction) => fractions.push(fraction),
  });
  const work = 12 + branches.slice(0, 2).reduce((sum, { step }) => sum + 3 * (12 - step), 0);
  expect(branches.at(-1)!.evaluations).toBe(5 * work);
  expect(fractions.at(-1)).toBeCloseTo(1, 12);
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
});

test("wrong arguments and a solver without noise are named", async () => {
  const options = { ...run, ouTimes, count: 2 };
  await expect(all({ ...options, solver: ddim() })).rejects.toThrow(
    'cloneBranches: solver must draw noise, or all clones are one, got "ddim"',
  );
  await expect(all({ ...options, ouTimes: [] })).rejects.toThrow("ouTimes must list finite times");
  await expect(all({ ...options, ouTimes: [1, -1] })).rejects.toThrow("above 0, got -1");
  await expect(all({ ...options, clones: 1 })).rejects.toThrow("clones must be an integer from 2");
  await expect(all({ ...options, first: 2 ** 28 })).rejects.toThrow(
    "first + count must be at most",
  );
  const { seed: _, ...unseeded } = options;
  await expect(all({ ...unseeded, noise: philoxNoise(1) })).rejects.toThrow("noise must be left");
});
