import { AS_IS, discreteSchedule, gaussian, type Moments, timestepList } from "@symbreak/core";
import { ddim, exactDenoiser, gaussianLateStart, sample } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { learnedTimesteps } from "../../src/late-start/learned-timesteps.ts";

const moments: Moments = {
  size: 2,
  mean: Float64Array.of(1, -0.5),
  covariance: { kind: "diagonal", variances: Float64Array.of(20, 0.3) },
  units: AS_IS,
};
const network = {
  name: "exact",
  digest: null,
  denoiser: exactDenoiser(gaussian(moments)),
  process: discreteSchedule(),
  units: AS_IS,
};

/** How far DDIM on these timesteps ends from the flow itself, of the same 64 starts. */
async function errorOf(timesteps: readonly number[]): Promise<number> {
  const run = { network, solver: ddim(), count: 64, seed: 5, threshold: null };
  const at = (t: number) => gaussianLateStart(moments, network.process.level(t));
  const found = await sample({ ...run, grid: timestepList(timesteps), start: at(timesteps[0]!) });
  const flow = await sample({ ...run, grid: timestepList([2]), start: at(2) });
  const squares = Float64Array.from(found.samples, (x, i) => (x - flow.samples[i]!) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b) / squares.length);
}

test("what is found is at least as near the flow as any neighbour, and far nearer than the beginning", async () => {
  const from = [700, 650];
  const found = await learnedTimesteps({
    ...{ network, moments, solver: ddim(), from, seed: 5 },
    teacher: { start: 700, steps: 200 },
  });
  expect(found.before).toBeCloseTo(await errorOf(from), 2);
  expect(found.after).toBeCloseTo(await errorOf(found.timesteps), 2);
  expect(found.after).toBeLessThan(found.before / 3);
  for (const [i, change] of [
    [0, -40],
    [0, 40],
    [1, -40],
    [1, 40],
  ] as const) {
    const near = found.timesteps.map((t, j) => (j === i ? t + change : t));
    if (near[1]! > 0 && near[1]! < near[0]!)
      expect(await errorOf(near)).toBeGreaterThan(found.after - 1e-3);
  }
  expect(found.tried).toBeGreaterThan(4);
});

test("timesteps that do not descend are refused", async () => {
  const options = { network, moments, solver: ddim() };
  await expect(learnedTimesteps({ ...options, from: [300, 400] })).rejects.toThrow(
    "learnedTimesteps: from must be timesteps of the process, descending, got",
  );
});
