import type { Compiled, Engine } from "../engines/engine.ts";
import { drawingAhead } from "../objectives/drawing-ahead.ts";
import type { Batch, Objective } from "../objectives/objective.ts";
import type { TrainingStep } from "../step/training-step.ts";
import { firstNonFinite, type NonFinite } from "./non-finite.ts";

/** What is trained, on what, and from where to where. */
export interface TrainOptions {
  readonly engine: Engine;
  /** The step, compiled on the engine, with its state loaded. */
  readonly compiled: Compiled;
  readonly step: TrainingStep;
  readonly objective: Objective;
  /** The batch of each step, from 0: `batches`. */
  readonly batch: (step: number) => Batch;
  readonly seed: number | bigint;
  /** Steps done already; default 0. */
  readonly from?: number;
  /** Steps to have done at the end. */
  readonly steps: number;
}

/** What a step gave. */
export interface StepReport {
  /** Steps done, from 1. */
  readonly step: number;
  readonly loss: number;
  /** The length of the gradient before it was clipped. */
  readonly gradientNorm: number;
  /** Each sample's loss and its place between clean (0) and noisiest (1). */
  readonly perSample: ArrayLike<number>;
  readonly positions: Float64Array;
  /** Of a classifier: 1 for each sample that it names right, else 0. */
  readonly correct?: ArrayLike<number>;
  /** How long the step took. */
  readonly milliseconds: number;
}

/** A loss or gradient that is infinite or not a number. The state is that of the step before. */
export class NonFiniteError extends Error {
  override readonly name = "NonFiniteError";
  /** The step that failed, from 1. */
  readonly step: number;
  readonly where: NonFinite | undefined;

  constructor(step: number, loss: number, where: NonFinite | undefined) {
    const { layer, operation } = where ?? {};
    const place =
      operation === undefined
        ? "only the optimiser's sums are not finite"
        : `the first value that is not finite is in ${operation} of layer ${layer ?? "(before the first)"}`;
    super(`train: step ${step} is not finite (loss ${loss}): ${place}`);
    this.step = step;
    this.where = where;
  }
}

/**
 * The training loop: yields after each step. Whoever iterates logs, saves, draws samples and stops, between steps.
 *
 * A step depends on the state, the seed and its number alone, so that a run that stops and goes on from its saved state
 * and objective's memory computes what it would have computed.
 *
 * @throws NonFiniteError naming the step and the layer
 */
export async function* train(options: TrainOptions): AsyncGenerator<StepReport, void, undefined> {
  const { engine, compiled, step, objective, batch, seed, from = 0, steps } = options;
  let random = drawingAhead(seed, from);
  for (let at = from; at < steps; at++) {
    const began = performance.now();
    const prepared = step.prepare(batch(at), { seed, step: at, random });
    const running = compiled.run(prepared.feeds);
    random = random.next();
    const results = await running;
    const [loss, gradientNorm] = [results.loss![0]!, results.gradientNorm![0]!];
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      const where = await firstNonFinite(engine, step, await compiled.read(), prepared.feeds);
      throw new NonFiniteError(at + 1, loss, where);
    }
    const perSample = results.perSample!;
    objective.memory?.observe(prepared, perSample);
    const { positions } = prepared;
    const milliseconds = performance.now() - began;
    const said = { loss, gradientNorm, perSample, positions, milliseconds };
    const { correct } = results;
    yield { step: at + 1, ...said, ...(correct && { correct }) };
  }
}
