import {
  CLEAN,
  discreteSchedule,
  levelAt,
  levels,
  philoxNoise,
  type Samples,
  timesteps,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import type { Denoiser } from "../../src/denoiser.ts";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { type GuidedDdpmOptions, guidedDdpm } from "../../src/guidance/guided-ddpm.ts";
import type { Step } from "../../src/solver.ts";
import { ddpm } from "../../src/solvers/ddpm.ts";
import { posterior } from "../../src/solvers/posterior.ts";
import { classGradient, mixture, states } from "./mixture.ts";

const schedule = discreteSchedule();
const chosen = mixture.conditional([2]);

async function end(steps: AsyncIterable<Step>): Promise<Samples> {
  let x: Samples = new Float64Array(0);
  for await (const step of steps) x = step.x;
  return x;
}

describe("guidedDdpm", () => {
  test("shifts the mean of a DDPM step by variance · scale · gradient", async () => {
    const [from, to] = [levelAt(schedule, 400), levelAt(schedule, 300)];
    const x = states(from);
    const q = posterior(from, to);
    const gradient = classGradient(chosen);
    const slope = await gradient(x, from, {});
    for (const [variance, expected] of [
      ["fixedSmall", q.small],
      ["fixedLarge", q.large],
    ] as const) {
      const noise = philoxNoise(2);
      const plain = await end(
        ddpm({ variance }).walk(exactDenoiser(mixture), x, [from, to], { noise }),
      );
      const solver = guidedDdpm({ gradient, scale: 1.7, variance });
      const guided = await end(solver.walk(exactDenoiser(mixture), x, [from, to], { noise }));
      for (const [i, value] of plain.entries())
        expect(guided[i]!).toBeCloseTo(value + 1.7 * expected * slope[i]!, 12);
    }
  });

  test("takes the variance that the network learned, value by value", async () => {
    const [from, to] = [levelAt(schedule, 400), levelAt(schedule, 300)];
    const q = posterior(from, to);
    const network: Denoiser = {
      shape: [2],
      predicts: "epsilon",
      variance: "learnedRange",
      predict: async () => Float64Array.of(0.1, 0.2, -1, 1),
    };
    const run = (scale: number) =>
      end(
        guidedDdpm({ gradient: async () => Float64Array.of(1, 1), scale }).walk(
          network,
          Float64Array.of(1, 1),
          [from, to],
          { noise: philoxNoise(0) },
        ),
      );
    const [plain, guided] = [await run(0), await run(1)];
    expect(guided[0]! - plain[0]!).toBeCloseTo(q.small, 12);
    expect(guided[1]! - plain[1]!).toBeCloseTo(q.large, 12);
    const unguided = await end(
      ddpm().walk(network, Float64Array.of(1, 1), [from, to], { noise: philoxNoise(0) }),
    );
    for (const i of [0, 1]) expect(plain[i]!).toBeCloseTo(unguided[i]!, 12);
  });

  test("with the exact classifier draws from the class", async () => {
    const grid = levels(schedule, timesteps("leading", 100));
    const count = 800;
    const x = new Float64Array(2 * count);
    philoxNoise(5)(x, 2, 0);
    const noise = philoxNoise(5);
    const solver = guidedDdpm({ gradient: classGradient(chosen) });
    const samples = await end(solver.walk(exactDenoiser(mixture), x, grid, { noise }));
    const mean = [0, 0];
    const square = [0, 0];
    for (const [i, value] of samples.entries()) {
      mean[i % 2]! += value / count;
      square[i % 2]! += value ** 2 / count;
    }
    // The class is N((0, −2), I): 4 standard errors of mean and variance, and 0.05 for 100 steps.
    expect(Math.abs(mean[0]!)).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(mean[1]! + 2)).toBeLessThan(4 / Math.sqrt(count) + 0.05);
    for (const j of [0, 1])
      expect(Math.abs(square[j]! - mean[j]! ** 2 - 1)).toBeLessThan(
        4 * Math.sqrt(2 / count) + 0.05,
      );
  });

  test("says what is missing or does not fit", async () => {
    const walk = [levelAt(schedule, 5), CLEAN];
    const run = (settings: GuidedDdpmOptions) =>
      end(guidedDdpm(settings).walk(exactDenoiser(mixture), new Float64Array(2), walk));
    expect(() => run({})).toThrow("guidedDdpm: gradient must be given");
    await expect(run({ gradient: classGradient(chosen), variance: "learned" })).rejects.toThrow(
      'variance "learned"',
    );
  });
});
