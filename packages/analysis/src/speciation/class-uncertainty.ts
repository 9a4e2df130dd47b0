import {
  type DiscreteSchedule,
  discreteSchedule,
  invalid,
  levelAt,
  type NoiseLevel,
  ou,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import { type ChainName, chainName } from "../chain-time.ts";
import { type ClockTime, levelTime } from "../clock-time.ts";
import { type MeanInterval, meanIntervals } from "../statistics/mean-interval.ts";

/** Settings of {@link classUncertainty}. */
export interface ClassUncertaintyOptions {
  /** Clean samples in the units of the posterior, n × size; each is noised once at each time, with the same noise. */
  readonly samples: Samples;
  readonly size: number;
  /**
   * p(class | x_t), count × classes: of an exact mixture or a noisy classifier. The level is one of the OU process with its
   * fractional DDPM index as timestep (−1 beyond the chain).
   */
  readonly posterior: (
    x: Samples,
    level: NoiseLevel,
  ) => ArrayLike<number> | Promise<ArrayLike<number>>;
  /** The class of each sample: adds the cross-entropy, which no ill-calibrated classifier can push below the truth. */
  readonly labels?: ArrayLike<number>;
  readonly ouTimes: readonly number[];
  /** Default: linear, 1000 steps. */
  readonly schedule?: DiscreteSchedule;
  /** Default 0. */
  readonly seed?: number;
}

/** What x_t still hides about its class. */
export interface ClassUncertaintyAt extends ClockTime {
  /** H(class | x_t), nats: the mean entropy of the posterior. */
  readonly entropy: MeanInterval & { readonly bits: number };
  /** −E ln p(class | x_t), nats: an upper bound of the entropy, whatever the posterior. */
  readonly crossEntropy?: MeanInterval;
  /** E Σ_k p(k | x_t)²: the cloning probability that this posterior implies. */
  readonly phi: MeanInterval;
}

/** H(class | x_t) against time. */
export interface ClassUncertainty {
  /** From noise to data. */
  readonly curve: readonly ClassUncertaintyAt[];
  readonly samples: number;
  readonly classes: number;
  readonly seed: number;
  readonly schedule: ChainName;
}

/**
 * The class entropy H(class | x_t) by averaging a posterior over data noised to t (Handke et al. 2026; the information that
 * the excess entropy of a mixture lacks). ln K at pure noise, 0 where the class is decided; it falls at speciation.
 */
export async function classUncertainty(
  options: ClassUncertaintyOptions,
): Promise<ClassUncertainty> {
  const { samples, size, posterior, labels, seed = 0, schedule = discreteSchedule() } = options;
  const count = samples.length / size;
  if (!Number.isInteger(count) || count < 1)
    throw invalid(WHERE, `samples must be whole ones of ${size} numbers`, samples.length);
  if (labels !== undefined && labels.length !== count)
    throw invalid(WHERE, "labels must be one a sample", labels.length);
  const wrong = options.ouTimes.find((time) => !(time > 0 && time < Infinity));
  if (wrong !== undefined || options.ouTimes.length === 0)
    throw invalid(WHERE, "ouTimes must list finite times above 0", wrong ?? options.ouTimes);
  const noise = new Float64Array(samples.length);
  philoxNoise(seed)(noise, size, 0);
  const interval = meanIntervals(count, seed);
  let classes = 0;
  const curve: ClassUncertaintyAt[] = [];
  for (const ouTime of [...options.ouTimes].sort((a, b) => b - a)) {
    const level = levelOf(ouTime, schedule);
    const x = noise.map((z, i) => level.alpha * samples[i]! + level.sigma * z);
    const rows = await posterior(x, level);
    classes = rows.length / count;
    const { entropies, surprises, squares } = readRows(rows, count, labels);
    const entropy = interval(entropies);
    curve.push({
      ...levelTime(level, schedule),
      ouTime,
      entropy: { ...entropy, bits: entropy.value / Math.LN2 },
      ...(labels && { crossEntropy: interval(surprises) }),
      phi: interval(squares),
    });
  }
  return { curve, samples: count, classes, seed, schedule: chainName(schedule) };
}

const WHERE = "classUncertainty";

function levelOf(ouTime: number, schedule: DiscreteSchedule): NoiseLevel {
  const level = ou().level(ouTime);
  const { ddpmIndex } = levelTime(level, schedule);
  const index = ddpmIndex ?? -1;
  // A whole index is the chain's own level, to the last digit.
  return Number.isInteger(index) && index >= 0
    ? levelAt(schedule, index)
    : { ...level, timestep: index };
}

/** −Σ p ln p, −ln p(label) and Σ p² of each row. */
function readRows(rows: ArrayLike<number>, count: number, labels: ArrayLike<number> | undefined) {
  const width = rows.length / count;
  if (!Number.isInteger(width) || width < 1)
    throw invalid(WHERE, `posterior must return probabilities of ${count} samples`, rows.length);
  const [entropies, surprises, squares] = [0, 0, 0].map(() => new Float64Array(count));
  for (let n = 0; n < count; n++) {
    let sum = 0;
    for (let k = n * width; k < (n + 1) * width; k++) {
      const p = rows[k]!;
      sum += p >= 0 ? p : Number.NaN;
      squares![n]! += p * p;
      if (p > 0) entropies![n]! -= p * Math.log(p);
    }
    if (!(Math.abs(sum - 1) < 1e-3))
      throw invalid(WHERE, `the probabilities of sample ${n} must sum to one`, sum);
    if (labels === undefined) continue;
    const label = labels[n]!;
    if (!(Number.isInteger(label) && label >= 0 && label < width))
      throw invalid(WHERE, `labels must be classes 0 … ${width - 1}`, label);
    surprises![n] = -Math.log(rows[n * width + label]!);
  }
  return { entropies: entropies!, surprises: surprises!, squares: squares! };
}
