import { CLEAN, discreteSchedule, levels, type NoiseLevel, timesteps } from "@symbreak/core";
import { expect, test } from "vitest";
import { edmStochastic, euler, heun } from "../../src/index.ts";
import { evenLevels, finalSamples, finalStep, gaussianDenoiser, mixtureDenoiser } from "./runs.ts";

const LEVELS: NoiseLevel[] = [4, 2].map((sigma) => ({
  alpha: 1,
  sigma,
  timestep: Math.log(sigma) / 4,
}));

/** epsilon = 0, recording the levels. */
function silent() {
  const asked: NoiseLevel[] = [];
  return {
    asked,
    shape: [1],
    predicts: "epsilon" as const,
    predict: async (x: { length: number }, level: NoiseLevel) => {
      asked.push(level);
      return new Float64Array(x.length);
    },
  };
}

test("churn raises the noise before the network is asked, and tells it the raised level", async () => {
  const denoiser = silent();
  const noise = (out: Float32Array | Float64Array) => out.fill(1);
  const churn = { amount: 0.3, noise: 2 };
  const x = Float64Array.of(0);
  const run = euler({ churn }).walk(denoiser, x, LEVELS, { noise: (out) => void noise(out) });
  const end = await finalSamples(run);
  // gamma = 0.3 over one step: sigma 4 → 5.2, noise 2·√(5.2² − 4²).
  expect(end[0]).toBeCloseTo(2 * Math.sqrt(5.2 ** 2 - 16), 12);
  expect(denoiser.asked[0]!.sigma).toBeCloseTo(5.2, 12);
});

test("the raised level's timestep comes from the table", async () => {
  const denoiser = silent();
  const table = [80, 40, 20, 10, 5, 2, 1].map((sigma) => ({
    alpha: 1,
    sigma,
    timestep: Math.log(sigma) / 4,
  }));
  const options = { noise: () => {}, table };
  const solver = euler({ churn: { amount: 0.3 } });
  await finalStep(solver.walk(denoiser, Float64Array.of(0), LEVELS, options));
  expect(denoiser.asked[0]!.timestep).toBeCloseTo(Math.log(5.2) / 4, 12);
});

test("churn keeps to its range, and to a factor of √2", async () => {
  const denoiser = silent();
  const run = (churn: object) =>
    finalStep(euler({ churn }).walk(denoiser, Float64Array.of(0), LEVELS, { noise: () => {} }));
  await run({ amount: 1, max: 3 });
  await run({ amount: 1, min: 5 });
  await run({ amount: 100 });
  expect(denoiser.asked.map(({ sigma }) => sigma)).toEqual([4, 4, 4 * Math.SQRT2]);
  expect(() => run({ amount: -1 })).toThrow(/amount must be at least 0/);
});

test("edmStochastic is heun with the paper's churn", async () => {
  const noise = (out: Float32Array | Float64Array, _size: number, draw: number) => {
    out.fill(Math.sin(draw));
  };
  const churn = { amount: 40, min: 0.05, max: 50, noise: 1.003 };
  const x = Float64Array.of(0.7);
  const one = await finalSamples(
    edmStochastic().walk(mixtureDenoiser(), x, evenLevels(6), { noise }),
  );
  const other = await finalSamples(
    heun({ churn }).walk(mixtureDenoiser(), x, evenLevels(6), { noise }),
  );
  expect(one).toEqual(other);
});

test("one Euler step on Gaussian data is the straight line along its slope", async () => {
  // At alpha = 1: epsilon = σ x/(λ + σ²), X' = X + (σ' − σ) ε.
  const end = await finalSamples(euler().walk(gaussianDenoiser(0, 3), Float64Array.of(2), LEVELS));
  expect(end[0]).toBeCloseTo(2 - (2 * 4 * 2) / (3 + 16), 14);
});

test("sigma-space solvers say that they cannot start from pure noise", async () => {
  const zero = discreteSchedule({ zeroTerminalSnr: true });
  const walk = levels(zero, timesteps("trailing", 3));
  const run = finalStep(euler().walk(gaussianDenoiser(0, 1), Float64Array.of(1), walk));
  await expect(run).rejects.toThrow(/euler: levels\[0\] must have alpha > 0/);
  expect(walk.at(-1)).toEqual(CLEAN);
});
