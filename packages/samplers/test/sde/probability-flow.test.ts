import {
  CLEAN,
  discreteSchedule,
  gaussian,
  gaussianMixture,
  levelAt,
  levels,
  type NoiseLevel,
  philoxNoise,
  processLevels,
  type Samples,
  subVp,
  ve,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { type ProbabilityFlowOptions, probabilityFlow } from "../../src/sde/probability-flow.ts";
import type { Step } from "../../src/solver.ts";

async function last(steps: AsyncIterable<Step>): Promise<Step> {
  let end: Step | undefined;
  for await (const step of steps) end = step;
  return end!;
}

const data = gaussian({
  size: 3,
  mean: Float64Array.of(1, -2, 0.5),
  covariance: { kind: "diagonal", variances: Float64Array.of(4, 0.01, 1) },
});

/** Classes of the line, asymmetric; and the CDF of their noised law by Simpson's rule. */
const line = gaussianMixture({
  weights: [0.3, 0.7],
  means: [[-1.5], [1]],
  covariances: [0.05, 0.2],
});

function cdf(x: number, level: NoiseLevel): number {
  const low = -12 * Math.hypot(2 * level.alpha, level.sigma);
  const n = 4000;
  const points = Float64Array.from({ length: n + 1 }, (_, i) => low + ((x - low) * i) / n);
  const density = line.logDensity(points, level).map(Math.exp);
  const sum = density.reduce(
    (total, p, i) => total + p * (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2),
    0,
  );
  return (sum * (x - low)) / n / 3;
}

describe("probabilityFlow", () => {
  for (const process of [vp(), ve(), subVp()])
    test(`follows the exact flow of Gaussian data under ${process.name}, as closely as it is told`, async () => {
      const walk = processLevels(process, [process.tMax, 0.3, 0.05], null);
      const x = data.sample(2, philoxNoise(3), walk[0]!);
      const exact = data.flow(x, walk[0]!, walk[2]!);
      const errorAt = async (tolerance: number) => {
        const solver = probabilityFlow({ rtol: tolerance, atol: tolerance, path: "process" });
        const end = await last(solver.walk(exactDenoiser(data), x, walk, { process }));
        return Math.max(...Array.from(end.x, (value, i) => Math.abs(value - exact[i]!)));
      };
      expect(await errorAt(1e-5)).toBeLessThan(3e-4);
      expect(await errorAt(1e-9)).toBeLessThan(3e-8);
    });

  test("keeps the CDF of a mixture on the line, which is what a flow in one dimension does", async () => {
    const process = vp();
    const walk = processLevels(process, [1, 0.05], null);
    const x = Float64Array.of(-2, -0.8, -0.3, 0.1, 0.9);
    const solver = probabilityFlow({ rtol: 1e-8, atol: 1e-8, path: "process" });
    const end = await last(solver.walk(exactDenoiser(line), x, walk, { process }));
    for (const [i, value] of end.x.entries())
      expect(cdf(value, walk[1]!)).toBeCloseTo(cdf(x[i]!, walk[0]!), 6);
  });

  test("walks a discrete chain between its timesteps, and ends with the denoiser's estimate", async () => {
    const schedule = discreteSchedule();
    const walk = levels(schedule, [999, 500, 0]);
    const x = Float64Array.from(data.sample(2, philoxNoise(3), walk[0]!));
    const asked: number[] = [];
    const exact = exactDenoiser(data);
    const watched = {
      ...exact,
      predict: (y: Samples, level: NoiseLevel) => {
        asked.push(level.timestep);
        return exact.predict(y, level);
      },
    };
    const solver = probabilityFlow({ rtol: 1e-8, atol: 1e-8, path: "process" });
    const end = await last(solver.walk(watched, x, walk, { process: schedule }));
    const expected = data.denoise(data.flow(x, walk[0]!, walk[2]!), levelAt(schedule, 0));
    for (const [i, value] of end.x.entries()) expect(value).toBeCloseTo(expected[i]!, 6);
    expect(end.level).toBe(CLEAN);
    expect(end.nfe).toBe(asked.length);
    expect(asked.some((timestep) => timestep % 1 !== 0)).toBe(true);
    expect(Math.min(...asked)).toBe(0);
    expect(Math.max(...asked)).toBe(999);
  });

  test("gives a sample bit by bit the same in any batch; control by the batch does so to the tolerance", async () => {
    const walk = processLevels(vp(), [1, 0.4, 0.05], null);
    const x = data.sample(5, philoxNoise(3), walk[0]!);
    const run = async (batch: Samples, control: "sample" | "batch") =>
      (
        await last(
          probabilityFlow({ control, path: "process" }).walk(exactDenoiser(data), batch, walk, {
            process: vp(),
          }),
        )
      ).x;
    const together = await run(x, "sample");
    const alone = await run(x.slice(6, 9), "sample");
    expect(Array.from(together.subarray(6, 9))).toEqual(Array.from(alone));
    const coupled = await run(x, "batch");
    for (const [i, value] of coupled.entries())
      expect(Math.abs(value - together[i]!)).toBeLessThan(1e-3);
  });

  test("makes fewer, larger calls when the batch controls the steps", async () => {
    const walk = processLevels(vp(), [1, 0.05], null);
    const x = data.sample(8, philoxNoise(3), walk[0]!);
    const nfe = async (control: "sample" | "batch") =>
      (
        await last(
          probabilityFlow({ control, path: "process" }).walk(exactDenoiser(data), x, walk, {
            process: vp(),
          }),
        )
      ).nfe;
    expect(await nfe("batch")).toBeLessThan((await nfe("sample")) / 4);
  });

  test("interpolates the levels of a list where the path is not the process's", async () => {
    const walk = [80, 8, 0.8, 0.08].map((sigma) => ({
      alpha: 1,
      sigma,
      timestep: Math.log(sigma) / 4,
    }));
    const x = data.sample(2, philoxNoise(3), walk[0]!);
    const end = await last(
      probabilityFlow({ rtol: 1e-9, atol: 1e-9 }).walk(exactDenoiser(data), x, walk),
    );
    const exact = data.flow(x, walk[0]!, walk[3]!);
    for (const [i, value] of end.x.entries()) expect(value).toBeCloseTo(exact[i]!, 6);
  });

  test("says what is wrong with its settings", async () => {
    const run = (walk: NoiseLevel[], options: ProbabilityFlowOptions) =>
      last(probabilityFlow(options).walk(exactDenoiser(data), new Float64Array(3), walk));
    const walk = processLevels(vp(), [1, 0.05], null);
    expect(() => run(walk, { rtol: 0 })).toThrow("probabilityFlow: rtol and atol must be positive");
    const signalless = { alpha: 0, sigma: 1, timestep: 999 };
    await expect(run([signalless, ...walk], {})).rejects.toThrow("levels[0] must hold signal");
  });
});
