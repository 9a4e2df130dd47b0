import { type DiscreteSchedule, invalid, levelList, type Samples } from "@symbreak/core";
import { noisedStart, plan, type SampleOptions, sample } from "@symbreak/samplers";
import { chainOfRun } from "../chain-of-run.ts";
import { type ChainName, chainName } from "../chain-time.ts";
import { type ClockTime, levelTime } from "../clock-time.ts";
import { agreementOf, type Classes, type Classify, checkClasses } from "../cloning/classes.ts";
import { nearestSteps } from "../cloning/nearest-steps.ts";
import { type MeanInterval, meanIntervals } from "../statistics/mean-interval.ts";
import { wilsonInterval } from "../statistics/wilson-interval.ts";

/** A run as `sample` takes it (denoiser, solver, grid, steps, seed, batch), and what is sent up and back. */
export interface UTurnOptions extends SampleOptions {
  /** Clean samples, count × size, in the units of the run. */
  readonly data: Samples;
  /** Turns are at the levels of the run nearest to these. */
  readonly ouTimes: readonly number[];
  readonly classify: Classify;
  /** Their classes; default, what the classifier says of them. */
  readonly labels?: ArrayLike<number>;
  /** What overlaps are taken about. Default the mean of `data`. */
  readonly mean?: ArrayLike<number>;
  /** The chain of the indices. Default: that of the run, or linear, 1000 steps. */
  readonly chain?: DiscreteSchedule;
}

/** What comes back from one time. */
export interface UTurnAt extends ClockTime {
  /** The share that comes back in its class, with its 95 % interval. */
  readonly returned: MeanInterval;
  /** The mean correlation of start and end about the data mean; null where one of them is the mean itself. */
  readonly overlap: MeanInterval | null;
  /** Steps of the way back. */
  readonly steps: number;
}

/** Noised to t and denoised again: what survives. */
export interface UTurn {
  /** From noise to data. */
  readonly curve: readonly UTurnAt[];
  readonly count: number;
  /** Network evaluations a sample, for all times together. */
  readonly nfe: number;
  readonly solver: string;
  readonly seed: string;
  readonly schedule: ChainName;
}

/**
 * U-turns (Sclocchi, Favero & Wyart 2024; Behjoo & Chertkov 2023): data noised to t and denoised back. The class is lost
 * within a window about the speciation time, likeness to the start gradually.
 *
 * The same noise takes a sample to every time, and its way back has noise of its own; both belong to the sample.
 */
export async function uTurn(options: UTurnOptions): Promise<UTurn> {
  const { data, classify, labels, mean: about, ouTimes, chain: asked, ...run } = options;
  const { levels, size, solver } = plan(run);
  const { seed = 0 } = run;
  const count = data.length / size;
  if (!Number.isInteger(count) || count < 1)
    throw invalid("uTurn", `data must hold whole samples of ${size} numbers`, data.length);
  const chain = chainOfRun({ ...run, chain: asked });
  const own: Classes = labels ? { labels } : await classify(data, count);
  checkClasses("uTurn", own, count);
  const mean = about ?? meanOf(data, size);
  const interval = meanIntervals(count, Number(BigInt(seed) & 0xffffffffn));
  const curve: UTurnAt[] = [];
  let nfe = 0;
  for (const step of [...nearestSteps("uTurn", levels, ouTimes)].sort((a, b) => a - b)) {
    const level = levels[step]!;
    const { samples, nfe: calls } = await sample({
      ...run,
      grid: levelList(levels.slice(step)),
      start: noisedStart(data, level),
      first: 0,
      count,
    });
    nfe += calls;
    const found = await classify(samples, count);
    const width = checkClasses("uTurn", found, count);
    const shares = Float64Array.from({ length: count }, (_, i) =>
      agreementOf([own, i], [found, i], width),
    );
    const binary = shares.every((share) => share === 0 || share === 1);
    const returned = interval(shares);
    const overlaps = correlations(data, samples, size, mean);
    curve.push({
      ...levelTime(level, chain),
      returned: {
        ...returned,
        ...(binary && wilsonInterval(Math.round(returned.value * count), count)),
      },
      overlap: overlaps.every(Number.isFinite) ? interval(overlaps) : null,
      steps: levels.length - 1 - step,
    });
  }
  return { curve, count, nfe, solver: solver.name, seed: String(seed), schedule: chainName(chain) };
}

function meanOf(data: Samples, size: number): Float64Array {
  const mean = new Float64Array(size);
  for (let i = 0; i < data.length; i++) mean[i % size]! += (data[i]! * size) / data.length;
  return mean;
}

/** (a − m)·(b − m)/|a − m||b − m| of each sample; NaN where a length is 0. */
function correlations(a: Samples, b: Samples, size: number, mean: ArrayLike<number>): Float64Array {
  const out = new Float64Array(a.length / size);
  for (let n = 0, i = 0; n < out.length; n++) {
    let [product, p, q] = [0, 0, 0];
    for (let j = 0; j < size; j++, i++) {
      const [x, y] = [a[i]! - mean[j]!, b[i]! - mean[j]!];
      product += x * y;
      p += x * x;
      q += y * y;
    }
    out[n] = product / Math.sqrt(p * q);
  }
  return out;
}
