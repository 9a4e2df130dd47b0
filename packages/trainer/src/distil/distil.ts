import { invalid, type NoiseLevel } from "@symbreak/core";
import { sizeOf } from "@symbreak/graph";
import type { Weights } from "../diffusers/weights.ts";
import type { Engine, ValuesByName } from "../engines/engine.ts";
import type { Model } from "../model.ts";
import { begunWith } from "../models/begun-with.ts";
import type { Batch } from "../objectives/objective.ts";
import { type StepMatchingOptions, stepMatching } from "../objectives/step-matching.ts";
import type { Optimiser } from "../optimiser/adam.ts";
import { shuffle } from "../run/shuffle.ts";
import { type StepReport, train } from "../run/train.ts";
import { unpackWeights } from "../step/layout.ts";
import { trainingStep } from "../step/training-step.ts";

/** What a student learns, and how. */
export interface DistilOptions {
  readonly engine: Engine;
  readonly student: Model;
  /** What the student begins with, the teacher's own weights as a rule; at random by default. */
  readonly weights?: Weights;
  /** The levels of the student's walk, from its start down. */
  readonly levels: readonly NoiseLevel[];
  /** What the student predicts; default "epsilon". */
  readonly prediction?: StepMatchingOptions["prediction"];
  /** What the loss of each of the student's steps counts; see {@link stepMatching}. */
  readonly counts?: StepMatchingOptions["counts"];
  /** Where each step is to lead, as in the pairs; see {@link stepMatching}. */
  readonly ends?: StepMatchingOptions["ends"];
  /** Of `distilPairs` with these levels: all of them, laid end to end. */
  readonly pairs: Float32Array;
  readonly optimiser: Optimiser;
  /** Pairs in a step of the optimiser: a multiple of the student's steps, so that each has its share. */
  readonly batch: number;
  readonly steps: number;
  /** A run to go on with: what a report's `state` gave. */
  readonly from?: { readonly step: number; readonly state: ValuesByName };
  /** Of the order of the pairs, and of weights that begin at random. Default 0. */
  readonly seed?: number;
}

/** A step's report, and what is read from the engine when it is asked for. */
export interface DistilReport extends StepReport {
  /** The averaged weights so far. */
  weights(): Promise<Record<string, Float32Array>>;
  /** All that the run goes on from. */
  state(): Promise<ValuesByName>;
}

/**
 * Trains a student whose few DDIM steps end where a teacher's many do: progressive distillation in one stage (Salimans &
 * Ho 2022), on the levels of its own walk alone. Begun at a Gaussian late start, whose samples are in closed form from the
 * seed's noise, it has no decision to learn before t_S.
 *
 * The network that comes out answers at these levels and nowhere else. The same arguments give the same weights.
 *
 * @throws RangeError for pairs or a batch that do not fit the levels and the student
 */
export async function* distil(options: DistilOptions): AsyncGenerator<DistilReport, void> {
  const { engine, student, weights, levels, prediction, counts, ends, pairs } = options;
  const { batch, steps, from, seed = 0 } = options;
  const objective = stepMatching({
    levels,
    ...(prediction && { prediction }),
    ...(counts && { counts }),
    ...(ends && { ends }),
  });
  const length = 2 * sizeOf(student.shape) * (levels.length - 1);
  const count = pairs.length / length;
  if (!(Number.isInteger(count) && count >= 1))
    throw invalid("distil", `pairs must hold ${length} values for each trajectory`, pairs.length);
  if (!(batch >= 1 && batch % (levels.length - 1) === 0))
    throw invalid("distil", `batch must be a multiple of the ${levels.length - 1} steps`, batch);
  const model = weights ? begunWith(student, weights) : student;
  const step = trainingStep({ model, objective, optimiser: options.optimiser, batch });
  const compiled = await engine.compile(step.program, step);
  try {
    await compiled.load(from?.state ?? step.initialState(seed));
    const trajectories = batch / (levels.length - 1);
    const order = shuffle(count, seed);
    const batchOf = (at: number): Batch => {
      const data = new Float32Array(trajectories * length);
      for (let i = 0; i < trajectories; i++) {
        const index = order(at * trajectories + i);
        data.set(pairs.subarray(index * length, (index + 1) * length), i * length);
      }
      return { data, count: batch };
    };
    const state = () => compiled.read();
    const read = async () => unpackWeights(step.layout, (await state()).ema as Float32Array);
    for await (const report of train({
      engine,
      compiled,
      step,
      objective,
      batch: batchOf,
      seed,
      from: from?.step ?? 0,
      steps,
    }))
      yield { ...report, weights: read, state };
  } finally {
    await compiled.dispose();
  }
}
