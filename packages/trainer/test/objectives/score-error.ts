import { convert, type Distribution, type NoiseLevel, philoxNoise } from "@symbreak/core";
import { constant, interpret, program } from "@symbreak/graph";
import {
  adam,
  cosineRate,
  type Engine,
  type Model,
  type Objective,
  trainingStep,
  unpackWeights,
} from "../../src/index.ts";

/** Samples in a step. */
const BATCH = 128;

/** What is trained, and on what. */
export interface Trial {
  readonly engine: Engine;
  readonly distribution: Distribution;
  readonly model: Model;
  readonly objective: Objective;
  readonly steps: number;
  /** Where the score is judged; their timesteps are what the network is told. */
  readonly levels: (weights: Readonly<Record<string, Float32Array>>) => readonly NoiseLevel[];
}

/**
 * Trains on fresh draws of the distribution, and compares the averaged weights' score with the exact one: the root mean
 * square of sigma·(score − exact) over 256 draws at each level and over all levels, per dimension. No score at all would
 * have an error of nearly 1.
 */
export async function scoreError(trial: Trial): Promise<number> {
  const { engine, distribution, model, objective, steps } = trial;
  const optimiser = adam({ rate: cosineRate(0.015, { steps, warmUp: 20 }), average: 0.98 });
  const step = trainingStep({ model, objective, optimiser, batch: BATCH });
  const compiled = await engine.compile(step.program, step);
  await compiled.load(step.initialState(1));
  for (let k = 0; k < steps; k++) {
    const indices = Float64Array.from({ length: BATCH }, (_, i) => k * BATCH + i);
    const data = Float32Array.from(distribution.sample(BATCH, philoxNoise(2, indices)));
    const prepared = step.prepare({ data, count: BATCH }, { seed: 3, step: k });
    const { perSample } = await compiled.run(prepared.feeds);
    objective.memory?.observe(prepared, perSample!);
  }
  const { ema } = await compiled.read();
  await compiled.dispose();
  const weights = unpackWeights(step.layout, ema as Float32Array);
  const parts = trial.levels(weights).map((level) => errorAt(trial, weights, level));
  return Math.sqrt(parts.reduce((sum, part) => sum + part, 0) / parts.length);
}

/** The same error for the score of another distribution: the Gaussian with the data's moments, say. */
export function scoreDistance(
  exact: Distribution,
  other: Distribution,
  levels: readonly NoiseLevel[],
): number {
  const parts = levels.map((level) => {
    const x = exact.sample(256, philoxNoise(4), level);
    const [one, two] = [exact.score(x, level), other.score(x, level)];
    return one.reduce((sum, s, i) => sum + (level.sigma * (s - two[i]!)) ** 2, 0) / x.length;
  });
  return Math.sqrt(parts.reduce((sum, part) => sum + part, 0) / parts.length);
}

function errorAt(
  { distribution, model, objective }: Trial,
  weights: Readonly<Record<string, Float32Array>>,
  level: NoiseLevel,
): number {
  const count = 256;
  const { size } = distribution;
  const x = distribution.sample(count, philoxNoise(4), level);
  const parameters = Object.fromEntries(
    model.parameters.map(({ name, shape }) => [name, constant(weights[name]!, shape)]),
  );
  const times = constant(new Float64Array(count).fill(level.timestep));
  const output = model.apply(parameters, constant(x, [count, size]), times);
  const all = interpret(program({ output }), {}).output!;
  const width = output.shape[1]!;
  const said = x.map((_, i) => all[Math.floor(i / size) * width + (i % size)]!);
  const found = convert(said, x, level, objective.prediction!, "epsilon");
  const exact = convert(distribution.score(x, level), x, level, "score", "epsilon");
  return found.reduce((sum, value, i) => sum + (value - exact[i]!) ** 2, 0) / x.length;
}
