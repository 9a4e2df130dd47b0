import { checkKeys, invalid, ou, philoxNoise, type Samples } from "@symbreak/core";
import { type ClassEvidence, evidenceTimes } from "./class-evidence.ts";

/** Evidence from any posterior p(class | x_t), count × classes: an exact mixture's, or a noisy classifier's. */
export async function posteriorEvidence(options: {
  /** Clean samples, n × size, in the units of the posterior. */
  readonly samples: Samples;
  readonly size: number;
  readonly labels: ArrayLike<number>;
  /** Prior weight of each class 0 … K − 1. */
  readonly weights: readonly number[];
  readonly posterior: (
    x: Float64Array,
    level: { readonly alpha: number; readonly sigma: number; readonly timestep: number },
  ) => ArrayLike<number> | Promise<ArrayLike<number>>;
  readonly ouTimes: readonly number[];
  /** Of the noise. Default 0. */
  readonly seed?: number;
}): Promise<ClassEvidence> {
  const where = "posteriorEvidence";
  checkKeys(where, options, [
    ...["samples", "size", "labels", "weights", "posterior", "ouTimes", "seed"],
  ]);
  const { samples, size, weights, posterior, seed = 0 } = options;
  const labels = Array.from(options.labels);
  if (samples.length !== labels.length * size)
    throw invalid(where, `labels must be one for each sample of ${size} numbers`, labels.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(Math.abs(total - 1) < 1e-9)) throw invalid(where, "weights must sum to one", weights);
  const wrong = labels.find((label) => weights[label] === undefined);
  if (wrong !== undefined)
    throw invalid(where, `labels must be classes 0 … ${weights.length - 1}`, wrong);
  const noise = new Float64Array(samples.length);
  philoxNoise(seed)(noise, size, 0);
  const at: ClassEvidence["at"][number][] = [];
  for (const ouTime of evidenceTimes(where, options.ouTimes)) {
    const level = ou().level(ouTime);
    const x = noise.map((z, i) => level.alpha * samples[i]! + level.sigma * z);
    const rows = await posterior(x, level);
    if (rows.length !== labels.length * weights.length)
      throw invalid(where, `posterior must return ${weights.length} shares a sample`, rows.length);
    at.push({ ouTime, logs: Float64Array.from(rows, (share) => Math.log(share)) });
  }
  return { kind: "classEvidence", classes: weights.map((_, k) => k), labels, weights, at, seed };
}
