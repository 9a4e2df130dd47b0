import {
  functionalOf,
  invalid,
  logSnr,
  type NoiseLevel,
  noiseToSignal,
  type Prediction,
} from "@symbreak/core";
import { noiseErrorPer } from "./denoising.ts";
import type { Batch, Objective, Prepared } from "./objective.ts";
import { squaredError, squaredErrorInputs } from "./squared-error.ts";

/** Settings of {@link stepMatching}. */
export interface StepMatchingOptions {
  /** The levels of the student's walk, n + 1 of them: from its start down to where it ends. */
  readonly levels: readonly NoiseLevel[];
  /** What the student predicts; default "epsilon". */
  readonly prediction?: Exclude<Prediction, "score">;
  /**
   * What the loss of each step counts, n numbers; 1 by default. An error of an early step grows on the way down, where the
   * student's own walk goes on from it: its loss should count as much more.
   */
  readonly counts?: readonly number[];
  /**
   * Where a step is to lead: "next", by default, to the level after it; "last" to where the whole walk ends, which is a
   * consistency function, for a sampler that adds new noise after each call.
   */
  readonly ends?: "next" | "last";
}

/**
 * Each of a student's n DDIM steps is to end where a teacher's finer walk ends: the loss of progressive distillation
 * (Salimans & Ho 2022, algorithm 2 and appendix G), with its truncated SNR weighting, max(SNR, 1) of the clean sample's
 * squared error, for any n at once. With `ends: "last"` each call is to lead to the walk's end at once, as that of a
 * consistency model (Song et al. 2023), told by the teacher's whole walk rather than by its own next level.
 *
 * A batch's samples are pairs of points, where a step begins and where the teacher's walk ends; sample i is of step
 * i mod n, as `distilPairs` makes them. There is no noise to draw.
 *
 * @throws RangeError for levels that do not descend from one with signal and noise
 */
export function stepMatching(options: StepMatchingOptions): Objective {
  const { levels, prediction = "epsilon", ends = "next" } = options;
  const steps = levels.length - 1;
  const { counts = new Array<number>(Math.max(steps, 0)).fill(1) } = options;
  const ratios = levels.map(noiseToSignal);
  if (!(steps >= 1 && ratios.every((r, k) => r < (k === 0 ? Infinity : ratios[k - 1]!))))
    throw invalid("stepMatching", "levels must be at least two, and descend", levels);
  if (counts.length !== steps || !counts.every((count) => count > 0 && count < Infinity))
    throw invalid("stepMatching", `counts must be ${steps} positive numbers`, counts);
  if (ends !== "next" && ends !== "last")
    throw invalid("stepMatching", 'ends must be "next" or "last"', ends);
  const plans = levels.slice(0, -1).map((level, k) => {
    const plan = planOf(level, ends === "next" ? levels[k + 1]! : levels.at(-1)!, prediction);
    return { ...plan, weight: plan.weight * counts[k]! };
  });
  return {
    name: `${steps} steps of a teacher's walk`,
    prediction,
    points: 2,
    inputs: squaredErrorInputs,
    loss: squaredError,
    prepare: (batch) => prepare(batch, plans),
  };
}

/** What one step asks of the network: its prediction as a·x + b·y for a walk from x to y. */
interface Plan {
  readonly ofX: number;
  readonly ofY: number;
  readonly timestep: number;
  readonly weight: number;
}

function planOf(from: NoiseLevel, to: NoiseLevel, prediction: Prediction): Plan {
  // DDIM: y = alpha' x_0 + sigma' ε and x = alpha x_0 + sigma ε give both, wherever the walk does descend.
  const determinant = from.alpha * to.sigma - to.alpha * from.sigma;
  const sample = [to.sigma / determinant, -from.sigma / determinant] as const;
  const noise = [-to.alpha / determinant, from.alpha / determinant] as const;
  const [ofSample, ofNoise] = functionalOf(prediction, from);
  const perNoise = noiseErrorPer(prediction, from);
  const snr = Math.exp(logSnr(from));
  return {
    ofX: ofSample * sample[0] + ofNoise * noise[0],
    ofY: ofSample * sample[1] + ofNoise * noise[1],
    timestep: from.timestep,
    // An error of the noise is worth 1/SNR of the clean sample's.
    weight: (perNoise * Math.max(snr, 1)) / snr,
  };
}

function prepare({ data, count }: Batch, plans: readonly Plan[]): Prepared {
  const size = data.length / count / 2;
  const [x, target] = [new Float32Array(count * size), new Float32Array(count * size)];
  const [timestep, weight] = [new Float32Array(count), new Float32Array(count)];
  const positions = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const k = i % plans.length;
    const { ofX, ofY, ...plan } = plans[k]!;
    const [begin, end] = [2 * i * size, (2 * i + 1) * size];
    for (let j = 0; j < size; j++) {
      x[i * size + j] = data[begin + j]!;
      target[i * size + j] = ofX * data[begin + j]! + ofY * data[end + j]!;
    }
    timestep[i] = plan.timestep;
    weight[i] = plan.weight;
    positions[i] = 1 - (k + 0.5) / plans.length;
  }
  return { feeds: { x, timestep, target, weight }, positions };
}
