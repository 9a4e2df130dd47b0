import {
  discreteSchedule,
  gaussian,
  gaussianMixture,
  isotropic,
  levelAt,
  levels,
  type Noise,
  philoxNoise,
  processLevels,
  type Samples,
  subVp,
  timeGrid,
  timesteps,
  ve,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { langevinCorrector } from "../../src/sde/langevin-corrector.ts";
import {
  type PredictorCorrectorOptions,
  predictorCorrector,
} from "../../src/sde/predictor-corrector.ts";
import type { Step } from "../../src/solver.ts";
import { ddpm } from "../../src/solvers/ddpm.ts";

async function last(steps: AsyncIterable<Step>): Promise<Step> {
  let end: Step | undefined;
  for await (const step of steps) end = step;
  return end!;
}

const law = gaussianMixture({
  weights: [1, 3],
  means: [
    [1, 0, 2],
    [-1, 1, 0],
  ],
  covariances: [0.2, 0.5],
});
const schedule = discreteSchedule();

describe("langevinCorrector", () => {
  const [level, next] = [levelAt(schedule, 500), levelAt(schedule, 499)];
  const epsilon = Float64Array.of(3, 4, 0, 1);
  const z = Float64Array.of(1, 0, 0, 2);
  const x = new Float64Array(4);

  test("takes h = 2 (1 − beta)(snr |z|/|s|)² with each sample's own norms", () => {
    const out = langevinCorrector(x, epsilon, z, {
      level,
      next,
      size: 2,
      snr: 0.16,
      norms: "sample",
    });
    const scale = 1 - schedule.betas[500]!;
    const steps = [
      [1, 5],
      [2, 1],
    ].map(([noise, eps]) => 2 * scale * ((0.16 * noise! * level.sigma) / eps!) ** 2);
    for (const i of [0, 1, 2, 3]) {
      const h = steps[i >> 1]!;
      expect(out[i]!).toBeCloseTo((-h * epsilon[i]!) / level.sigma + Math.sqrt(2 * h) * z[i]!, 12);
    }
  });

  test('takes the mean norms of the batch with "batch", as score_sde', () => {
    const out = langevinCorrector(x, epsilon, z, {
      level,
      next,
      size: 2,
      snr: 0.16,
      norms: "batch",
    });
    const h = 2 * (1 - schedule.betas[500]!) * ((0.16 * 1.5 * level.sigma) / 3) ** 2;
    for (const i of [0, 1, 2, 3])
      expect(out[i]!).toBeCloseTo((-h * epsilon[i]!) / level.sigma + Math.sqrt(2 * h) * z[i]!, 12);
  });

  test('takes h = 2 (1 − beta)(snr sigma)² for all with "expected"', () => {
    const out = langevinCorrector(x, epsilon, z, {
      ...{ level, next, size: 2, snr: 0.16, norms: "expected" },
    });
    const h = 2 * (1 - schedule.betas[500]!) * (0.16 * level.sigma) ** 2;
    for (const i of [0, 1, 2, 3])
      expect(out[i]!).toBeCloseTo((-h * epsilon[i]!) / level.sigma + Math.sqrt(2 * h) * z[i]!, 12);
  });

  test("has scale 1 for a variance-exploding process", () => {
    const [a, b] = [ve().level(0.5), ve().level(0.4)];
    const out = langevinCorrector(x, epsilon, z, {
      level: a,
      next: b,
      size: 4,
      snr: 0.1,
      norms: "sample",
    });
    const h = 2 * ((0.1 * Math.sqrt(5) * a.sigma) / Math.sqrt(26)) ** 2;
    expect(out[0]!).toBeCloseTo((-h * 3) / a.sigma + Math.sqrt(2 * h), 12);
  });
});

describe("predictorCorrector", () => {
  test("with the ancestral predictor alone is DDPM with fixed small variance", async () => {
    const walk = levels(schedule, timesteps("leading", 20));
    const x = law.sample(5, philoxNoise(1), walk[0]!);
    const solver = predictorCorrector({ predictor: "ancestral", correctorSteps: 0 });
    const noise = philoxNoise(2);
    const own = await last(solver.walk(exactDenoiser(law), x, walk, { noise }));
    const reference = await last(
      ddpm().walk(exactDenoiser(law), x, walk, { noise: philoxNoise(2) }),
    );
    for (const [i, value] of own.x.entries()) expect(value).toBeCloseTo(reference.x[i]!, 10);
    expect(own.nfe).toBe(20);
  });

  test("first corrects, then predicts, with a draw of noise each", async () => {
    const walk = [ve().level(0.5), ve().level(0.4)];
    const draws: number[] = [];
    const x = law.sample(2, philoxNoise(1), walk[0]!);
    const noise: Noise = (out, size, draw) => {
      draws.push(draw);
      philoxNoise(3)(out, size, draw);
    };
    const solver = predictorCorrector({ correctorSteps: 2 });
    const step = await last(solver.walk(exactDenoiser(law), x, walk, { noise }));
    expect(draws).toEqual([1, 2, 3]);
    expect(step.nfe).toBe(3);
    let state: Samples = x;
    for (const draw of [1, 2]) {
      const z = new Float64Array(6);
      philoxNoise(3)(z, 3, draw);
      const epsilon = law.score(state, walk[0]!).map((s) => -s * walk[0]!.sigma);
      state = langevinCorrector(state, epsilon, z, {
        level: walk[0]!,
        next: walk[1]!,
        size: 3,
        snr: 0.16,
        norms: "expected",
      });
    }
    const score = law.score(state, walk[0]!);
    const gap = walk[0]!.sigma ** 2 - walk[1]!.sigma ** 2;
    const z = new Float64Array(6);
    philoxNoise(3)(z, 3, 3);
    for (const [i, value] of step.x.entries())
      expect(value).toBeCloseTo(state[i]! + gap * score[i]! + Math.sqrt(gap) * z[i]!, 10);
  });

  test("to clean data returns the mean of the step", async () => {
    const walk = processLevels(ve(), [0.01]);
    const x = law.sample(2, philoxNoise(1), walk[0]!);
    const step = await last(
      predictorCorrector({ correctorSteps: 0 }).walk(exactDenoiser(law), x, walk),
    );
    const expected = law.denoise(x, walk[0]!);
    for (const [i, value] of step.x.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
  });

  // The predictor alone has far too small a variance with so few steps; the corrector repairs it.
  for (const process of [ve({ sigmaMax: 20 }), vp(), subVp()])
    test(`the corrector brings samples of ${process.name} nearer to the data at the same steps`, async () => {
      const [size, count, lambda] = [64, 40, 1];
      const data = gaussian({ size, mean: new Float64Array(size), covariance: isotropic(lambda) });
      const walk = processLevels(process, timeGrid(process, 40));
      const x = data.sample(count, philoxNoise(5), walk[0]!);
      const varianceWith = async (correctorSteps: number) => {
        const solver = predictorCorrector({ predictor: "ancestral", correctorSteps });
        const noise = philoxNoise(5);
        const end = await last(solver.walk(exactDenoiser(data), x, walk, { noise }));
        let square = 0;
        for (const value of end.x) square += value * value;
        return square / end.x.length;
      };
      const [alone, corrected] = [await varianceWith(0), await varianceWith(1)];
      expect(Math.abs(corrected - lambda)).toBeLessThan(0.5 * Math.abs(alone - lambda));
      expect(Math.abs(corrected - lambda)).toBeLessThan(0.1);
    });

  test.each([
    [1, 4000, 500],
    [2, 2000, 500],
    [8, 500, 500],
    [784, 20, 200],
  ])("data of variance 0.25 in %i dimensions come out with it", async (size, count, steps) => {
    const data = gaussian({ size, mean: new Float64Array(size), covariance: isotropic(0.25) });
    for (const process of size > 100 ? [vp()] : [ve(), vp()]) {
      const walk = processLevels(process, timeGrid(process, steps));
      const x = data.sample(count, philoxNoise(5), walk[0]!);
      const { x: end } = await last(
        predictorCorrector().walk(exactDenoiser(data), x, walk, { noise: philoxNoise(6) }),
      );
      const square = Float64Array.from(end).reduce((sum, value) => sum + value * value, 0);
      // Within 5 %, of which sampling takes 2 % at one standard error.
      expect(Math.abs(square / end.length / 0.25 - 1)).toBeLessThan(0.05);
    }
  });

  test("says what is wrong with its settings", async () => {
    const walk = [ve().level(0.5), ve().level(0.4)];
    const run = (options: PredictorCorrectorOptions) =>
      last(predictorCorrector(options).walk(exactDenoiser(law), new Float64Array(3), walk));
    expect(() => run({ snr: 0 })).toThrow("predictorCorrector: snr must be positive, got 0");
    expect(() => run({ correctorSteps: -1 })).toThrow("correctorSteps must be a whole number");
    await expect(run({})).rejects.toThrow("noise must be given");
  });
});
