import type { Noise } from "@symbreak/core";
import { expect, test } from "vitest";
import { dpmMultistep, uniPc } from "../../src/index.ts";
import { CASES, evenLevels, finalSamples, gaussianDenoiser, mixtureDenoiser } from "./runs.ts";

const START = Float64Array.of(-1.7, -0.6, -0.2, 0.1, 0.5, 1.3);

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.hypot(...Array.from(a, (value, i) => value - b[i]!));
}

const exact = finalSamples(uniPc({ order: 3 }).walk(mixtureDenoiser(), START, evenLevels(1500)));

test.for(CASES.filter(({ order }) => order !== undefined))(
  "$name converges on a Gaussian mixture at its order, $order",
  async ({ solver, order }) => {
    const errors = [];
    // Multiples of 6, so that blocks of two and three steps come out even.
    for (const steps of [48, 96]) {
      const run = solver.walk(mixtureDenoiser(), START, evenLevels(steps));
      errors.push(distance(await finalSamples(run), await exact));
    }
    const observed = Math.log2(errors[0]! / errors[1]!);
    expect(observed).toBeGreaterThan(order! - 0.2);
    expect(errors[1]).toBeLessThan(0.05);
  },
);

test("the third-order term of other implementations leaves dpmMultistep second order", async () => {
  const solver = dpmMultistep({ order: 3, lowerOrderFinal: false });
  const quirks = { flawedThirdOrder: true };
  const errors = [];
  for (const steps of [96, 192]) {
    const run = solver.walk(mixtureDenoiser(), START, evenLevels(steps), { quirks });
    errors.push(distance(await finalSamples(run), await exact));
  }
  expect(Math.log2(errors[0]! / errors[1]!)).toBeLessThan(2.1);
});

/** A run on Gaussian data is linear: its response to the start and to each draw gives its final variance. */
async function finalVariance(
  { solver }: (typeof CASES)[number],
  steps: number,
  variance: number,
): Promise<number> {
  const levels = evenLevels(steps, 20, 0.1);
  let draws = 0;
  const respond = async (start: number, source: number) => {
    const noise: Noise = (out, _size, draw) => {
      draws = Math.max(draws, draw);
      out.fill(draw === source ? 1 : 0);
    };
    const run = solver.walk(gaussianDenoiser(0, variance), Float64Array.of(start), levels, {
      noise,
    });
    return (await finalSamples(run))[0]!;
  };
  const { alpha, sigma } = levels[0]!;
  let sum = (await respond(1, 0)) ** 2 * (alpha ** 2 * variance + sigma ** 2);
  const last = draws;
  for (let draw = 1; draw <= last; draw++) sum += (await respond(0, draw)) ** 2;
  return sum;
}

/** The order in distribution of each stochastic method on Gaussian data. */
const WEAK = new Map([
  ["ddim, eta 1", 1],
  ["ddpm", 1],
  ["euler, churn", 1],
  ["eulerAncestral", 1],
  ["edmStochastic", 2],
  ["kdpm2Ancestral", 2],
  ["dpmMultistep, SDE 1", 1],
  ["dpmMultistep, SDE 2", 2],
  ["dpmMultistep, SDE 3", 2],
]);

test.for(CASES.filter(({ stochastic }) => stochastic))(
  "$name converges in distribution on Gaussian data",
  async (golden) => {
    const [variance, end] = [0.6, evenLevels(1).at(-1)!];
    const wanted = end.alpha ** 2 * variance + end.sigma ** 2;
    const errors = [];
    for (const steps of [48, 96])
      errors.push(Math.abs((await finalVariance(golden, steps, variance)) / wanted - 1));
    expect(Math.log2(errors[0]! / errors[1]!)).toBeGreaterThan(WEAK.get(golden.name)! - 0.25);
  },
);
