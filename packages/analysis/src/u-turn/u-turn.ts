import { type DiscreteSchedule, invalid, levelList, type Samples } from "@symbreak/core";
import {
  noisedStart,
  plan,
  type SampleOptions,
  type SampleResult,
  sample,
} from "@symbreak/samplers";
import { chainOfRun } from "../chain-of-run.ts";
import { type ChainName, chainName } from "../chain-time.ts";
import { type ClockTime, levelTime } from "../clock-time.ts";
import { agreementOf, type Classes, type Classify, checkClasses } from "../cloning/classes.ts";
import { nearestSteps } from "../cloning/nearest-steps.ts";
import { correlations, meanOf } from "../statistics/correlations.ts";
import { type MeanInterval, meanIntervals } from "../statistics/mean-interval.ts";
import { wilsonInterval } from "../statistics/wilson-interval.ts";
import { patchChanges } from "./patch-changes.ts";
import { type Susceptibility, susceptibility } from "./susceptibility.ts";

/** Features of samples at some depth of a network. */
export interface FeatureLayer {
  readonly name: string;
  /** count × as many numbers as the layer has. */
  readonly of: (samples: Samples, count: number) => Samples | Promise<Samples>;
}

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
  /** Layers, early and late, whose similarity between start and end is wanted. */
  readonly layers?: readonly FeatureLayer[];
  /** Side of the patches whose changes are counted, of images [channels, height, width]. Default: none are. */
  readonly patch?: number;
  /** The chain of the indices. Default: that of the run, or linear, 1000 steps. */
  readonly chain?: DiscreteSchedule;
  /** How the samples of a way back are drawn, such as from a store. Default `sample`. */
  readonly draw?: (run: SampleOptions) => Promise<Pick<SampleResult, "samples" | "nfe">>;
}

/** What comes back from one time. */
export interface UTurnAt extends ClockTime {
  /** The share that comes back in its class, with its 95 % interval. */
  readonly returned: MeanInterval;
  /** The mean correlation of start and end about the data mean; null where one of them is the mean itself. */
  readonly overlap: MeanInterval | null;
  /** Mean correlation of the features of start and end about their mean over the data; null likewise. */
  readonly layers: readonly { readonly name: string; readonly similarity: MeanInterval | null }[];
  /** How far the changes of patches go together; null without `patch`. */
  readonly susceptibility: Susceptibility | null;
  /** Steps of the way back. */
  readonly steps: number;
}

/** Noised to t and denoised again: what survives. */
export interface UTurn {
  /** From noise to data. */
  readonly curve: readonly UTurnAt[];
  /** The time of the greatest susceptibility, beside which the class is lost; null without `patch`. */
  readonly peak: ClockTime | null;
  readonly count: number;
  /** Network evaluations a sample, for all times together. */
  readonly nfe: number;
  readonly solver: string;
  readonly seed: string;
  readonly schedule: ChainName;
}

/**
 * U-turns (Sclocchi, Favero & Wyart 2025, arXiv 2402.16991; Behjoo & Chertkov 2023): data noised to t and denoised back. The
 * class is lost within a window about the speciation time, likeness to the start gradually: late features go with the class,
 * early ones with the pixels. Changes of patches are correlated farthest where the class is lost (arXiv 2410.13770).
 *
 * The same noise takes a sample to every time, and its way back has noise of its own; both belong to the sample.
 */
export async function uTurn(options: UTurnOptions): Promise<UTurn> {
  const { data, classify, labels, mean: about, ouTimes, chain: asked, ...rest } = options;
  const { layers = [], patch, draw = sample, ...run } = rest;
  const { levels, size, solver, counted } = plan(run);
  const { seed = 0 } = run;
  const count = data.length / size;
  if (!Number.isInteger(count) || count < 1)
    throw invalid("uTurn", `data must hold whole samples of ${size} numbers`, data.length);
  const chain = chainOfRun({ ...run, chain: asked });
  const own: Classes = labels ? { labels } : await classify(data, count);
  checkClasses("uTurn", own, count);
  const mean = about ?? meanOf(data, size);
  const interval = meanIntervals(count, Number(BigInt(seed) & 0xffffffffn));
  const between = (a: Samples, b: Samples, width: number, centre: ArrayLike<number>) => {
    const found = correlations(a, b, width, centre);
    return found.every(Number.isFinite) ? interval(found) : null;
  };
  const starts = await Promise.all(layers.map(async ({ of }) => of(data, count)));
  const curve: UTurnAt[] = [];
  let nfe = 0;
  for (const step of [...nearestSteps("uTurn", levels, ouTimes)].sort((a, b) => a - b)) {
    const level = levels[step]!;
    const { samples, nfe: calls } = await draw({
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
    const similarities: UTurnAt["layers"][number][] = [];
    for (const [k, { name, of }] of layers.entries()) {
      const start = starts[k]!;
      const width = start.length / count;
      const similarity = between(start, await of(samples, count), width, meanOf(start, width));
      similarities.push({ name, similarity });
    }
    curve.push({
      ...levelTime(level, chain),
      returned: {
        ...returned,
        ...(binary && wilsonInterval(Math.round(returned.value * count), count)),
      },
      overlap: between(data, samples, size, mean),
      layers: similarities,
      susceptibility:
        patch === undefined
          ? null
          : susceptibility(patchChanges(data, samples, counted.denoiser.shape, { patch })),
      steps: levels.length - 1 - step,
    });
  }
  return {
    ...{ curve, peak: peakOf(curve), count, nfe, solver: solver.name, seed: String(seed) },
    schedule: chainName(chain),
  };
}

function peakOf(curve: readonly UTurnAt[]): ClockTime | null {
  const value = (at: UTurnAt) => at.susceptibility?.value ?? 0;
  const top = curve.reduce((most, at) => (value(at) > value(most) ? at : most), curve[0]!);
  return top.susceptibility === null ? null : { ouTime: top.ouTime, ddpmIndex: top.ddpmIndex };
}
