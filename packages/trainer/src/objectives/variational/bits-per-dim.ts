import type { ValuesByName } from "../../engines/engine.ts";
import type { Batch } from "../objective.ts";
import { stepRandom } from "../step-random.ts";
import { priorDivergence } from "./posterior.ts";
import type { BoundObjective } from "./variational-bound.ts";

/** The variational bound on −log₂ p(x) per dimension, with what it is made of. */
export interface BitsPerDim {
  /** Of each sample. */
  readonly bits: Float64Array;
  /** Mean over the batch of the terms t = 0 (the decoder's) … T − 1, and of the prior's: they add up to the mean of `bits`. */
  readonly terms: Float64Array;
  readonly prior: number;
}

/**
 * Evaluates the bound on a batch: every term once, T network calls a sample, with one draw of the noise each.
 *
 * `perSample` runs the loss of `objective`, a {@link variationalBound}, on feeds (see `lossProgram`); it is called T times.
 */
export async function bitsPerDim(
  objective: BoundObjective,
  perSample: (feeds: ValuesByName) => Promise<ArrayLike<number>>,
  batch: Batch,
  { seed = 0 }: { seed?: number | bigint } = {},
): Promise<BitsPerDim> {
  const { steps } = objective.schedule;
  const { data, count } = batch;
  const size = data.length / count;
  const bits = new Float64Array(count);
  const terms = new Float64Array(steps);
  for (let t = 0; t < steps; t++) {
    const times = new Float32Array(count).fill(t);
    const values = await perSample(objective.prepareAt(batch, times, stepRandom(seed, t)).feeds);
    for (let i = 0; i < count; i++) {
      const term = values[i]! / steps;
      bits[i]! += term;
      terms[t]! += term / count;
    }
  }
  let prior = 0;
  for (let i = 0; i < data.length; i++) {
    const term = priorDivergence(objective.schedule, data[i]!) / (size * Math.LN2);
    bits[Math.floor(i / size)]! += term;
    prior += term / count;
  }
  return { bits, terms, prior };
}
