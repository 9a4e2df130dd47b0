import {
  CLEAN,
  gaussian,
  type NoiseLevel,
  philoxNoise,
  type Samples,
  toEpsilon,
} from "@symbreak/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { distil, distilPairs, type Walk } from "../../src/distil/index.ts";
import type { Engine, ValuesByName } from "../../src/engines/engine.ts";
import { mlp } from "../../src/models/mlp.ts";
import { onnxruntimeNode } from "../../src/node/engines/onnxruntime-node.ts";
import { adam } from "../../src/optimiser/adam.ts";
import { cosineRate } from "../../src/optimiser/learning-rate.ts";
import { outputOf } from "../leaves.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await onnxruntimeNode.open({ threads: 1, workers: 1, blocked: false });
});
afterAll(() => engine.dispose());

/** A teacher in closed form: the probability flow of a Gaussian, which infinitely many steps would give. */
const law = gaussian({
  size: 2,
  mean: Float64Array.of(1, -0.5),
  covariance: { kind: "diagonal", variances: Float64Array.of(0.5, 0.02) },
});
const at = (angle: number): NoiseLevel => ({
  alpha: Math.cos(angle),
  sigma: Math.sin(angle),
  timestep: 600 * angle,
});
const levels = [at(1.3), at(0.7), CLEAN];
const teacher: Walk = async (x, [from, ...rest]) => rest.map((to) => law.flow(x, from!, to));
const draw = (first: number, count: number): Samples => {
  const numbers = Float64Array.from({ length: count }, (_, i) => first + i);
  return law.sample(count, philoxNoise(4, numbers), levels[0]!);
};

test("pairs are where each step begins and where the teacher ends, in any batches", async () => {
  const pairs = await distilPairs({ levels, draw, teacher }, 0, 4);
  expect(pairs).toHaveLength(4 * 2 * 2 * 2);
  const [x0, x1] = [draw(2, 1), law.flow(draw(2, 1), levels[0]!, levels[1]!)];
  const x2 = law.flow(x1, levels[1]!, levels[2]!);
  const third = [...x0, ...x1, ...x1, ...x2];
  for (const [j, value] of third.entries()) expect(pairs[2 * 8 + j]).toBeCloseTo(value, 6);
  const halves = [0, 2].map((first) => distilPairs({ levels, draw, teacher }, first, 2));
  expect((await Promise.all(halves)).flatMap((half) => Array.from(half))).toEqual(
    Array.from(pairs),
  );
});

test("with ends last every step leads to where the teacher's whole walk ends", async () => {
  const start = draw(0, 1);
  const [x1, end] = [law.flow(start, levels[0]!, levels[1]!), law.flow(start, levels[0]!, CLEAN)];
  const pairs = await distilPairs({ levels, draw, teacher, ends: "last" }, 0, 1);
  for (const [j, value] of [...start, ...end, ...x1, ...end].entries())
    expect(pairs[j]).toBeCloseTo(value, 6);
});

test("a walk that leaves out a level is refused", async () => {
  const short: Walk = async (x, levels) => (await teacher(x, levels)).slice(1);
  await expect(distilPairs({ levels, draw, teacher: short }, 0, 2)).rejects.toThrow(
    'distilPairs: a walk must return 4 values at each of 2 levels, got "4"',
  );
});

test("with a student the steps begin on its own way, and the teacher goes on from there", async () => {
  const student: Walk = async (x, levels) =>
    levels.slice(1).map((_, k) => x.map((value) => value / 2 ** (k + 1)));
  const pairs = await distilPairs({ levels, draw, teacher, student }, 0, 1);
  const half = draw(0, 1).map((value) => value / 2);
  const mended = law.flow(half, levels[1]!, levels[2]!);
  for (const [j, value] of [...half, ...mended].entries())
    expect(pairs[4 + j]).toBeCloseTo(value, 6);
});

test("two steps of a student come as near the teacher's end as none of DDIM's with its own network", async () => {
  const pairs = await distilPairs({ levels, draw, teacher }, 0, 512);
  const model = mlp({ size: 2, width: 32, depth: 2, timeFeatures: 16 });
  const optimiser = adam({ rate: cosineRate(0.02, { steps: 300, warmUp: 20 }), average: 0.98 });
  const settings = { engine, student: model, levels, pairs, optimiser, batch: 128, steps: 300 };
  let weights: Record<string, Float32Array> = {};
  for await (const report of distil(settings))
    if (report.step === 300) weights = await report.weights();
  const count = 256;
  const start = draw(10_000, count);
  const taught = law.flow(start, levels[0]!, CLEAN);
  const errorOf = (epsilonAt: (x: Samples, level: NoiseLevel) => ArrayLike<number>): number => {
    let x: Samples = Float64Array.from(start);
    for (const [k, from] of levels.slice(0, -1).entries()) {
      const to = levels[k + 1]!;
      const epsilon = epsilonAt(x, from);
      x = x.map((value, j) => {
        const sample = (value - from.sigma * epsilon[j]!) / from.alpha;
        return to.alpha * sample + to.sigma * epsilon[j]!;
      });
    }
    return Math.sqrt(x.reduce((sum, value, j) => sum + (value - taught[j]!) ** 2, 0) / x.length);
  };
  const student = errorOf((x, level) =>
    outputOf(model, weights, { sample: x, timestep: new Float64Array(count).fill(level.timestep) }),
  );
  // The exact network itself, by DDIM: what is left is the error of two steps.
  const exact = errorOf((x, level) => toEpsilon(law.denoise(x, level), x, level, "sample"));
  expect(student).toBeLessThan(exact / 3);
});

test("a run that stops and goes on from its state ends as one that did not, bit for bit", async () => {
  const pairs = await distilPairs({ levels, draw, teacher }, 0, 16);
  const model = mlp({ size: 2, width: 8, depth: 1, timeFeatures: 4 });
  const settings = { engine, student: model, levels, pairs, batch: 8, steps: 6 };
  const optimiser = () => adam({ rate: cosineRate(0.02, { steps: 6, warmUp: 2 }), average: 0.9 });
  let from: { step: number; state: ValuesByName } | undefined;
  let whole: Record<string, Float32Array> = {};
  for await (const report of distil({ ...settings, optimiser: optimiser() })) {
    if (report.step === 3) from = { step: 3, state: await report.state() };
    whole = await report.weights();
  }
  const seen: number[] = [];
  for await (const { step, weights } of distil({
    ...settings,
    optimiser: optimiser(),
    from: from!,
  })) {
    seen.push(step);
    if (step === 6) expect(await weights()).toEqual(whole);
  }
  expect(seen).toEqual([4, 5, 6]);
});

test("pairs and batches that do not fit are refused", async () => {
  const model = mlp({ size: 2, width: 8, depth: 1, timeFeatures: 4 });
  const settings = { engine, student: model, levels, optimiser: adam(), steps: 1 };
  const first = (options: { pairs: Float32Array; batch: number }) =>
    distil({ ...settings, ...options }).next();
  await expect(first({ pairs: new Float32Array(9), batch: 2 })).rejects.toThrow(
    "pairs must hold 8 values for each trajectory, got 9",
  );
  await expect(first({ pairs: new Float32Array(16), batch: 3 })).rejects.toThrow(
    "batch must be a multiple of the 2 steps, got 3",
  );
});
