import {
  chainOf,
  type Data,
  gaussian,
  inUnits,
  type Multiply,
  type NoiseLevel,
  takeSamples,
} from "@symbreak/core";
import {
  type Denoiser,
  ddim,
  empiricalDenoiser,
  exactDenoiser,
  type Network,
  sample,
} from "@symbreak/samplers";
import { type ClockTime, levelTime } from "../../clock-time.ts";
import { calibrateKernels, kernelBySigma } from "../../local-score/calibrate-kernels.ts";
import { explainedVariance } from "../../local-score/explained-variance.ts";
import { localScoreDenoiser } from "../../local-score/local-score-denoiser.ts";
import type { LocalScoreKind } from "../../local-score/patch-groups.ts";
import type { DataMoments } from "../../moments/moments.ts";
import { percentileInterval } from "../../statistics/percentile-interval.ts";
import { resamples } from "../../statistics/resamples.ts";
import { dataMoments } from "../data-moments.ts";
import { beginWork, type ExperimentOptions } from "../experiment.ts";
import { pick } from "../pick.ts";

/** How much of a network's samples a model explains that draws from the same noise. */
export interface ModelExplains {
  readonly model: LocalScoreKind | "exact" | "gaussian";
  /** r² of each sample, their median with its 95 % interval. */
  readonly values: readonly number[];
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What the samples of a network are held against, and how. */
export interface MachineEffort {
  readonly samples: number;
  readonly steps: number;
  readonly images: number;
  readonly kinds: readonly LocalScoreKind[];
  readonly exactScore: ((samples: Float32Array, shape: readonly number[]) => Denoiser) | undefined;
  readonly moments: DataMoments | undefined;
  readonly multiply: Multiply | undefined;
  readonly seed: number;
}

/** Models that draw from a network's noise, and how much of its samples each explains. */
export interface MachinesExplain {
  /** The patch at which the bordered machine is nearest to the network, by level. */
  readonly scales: readonly (ClockTime & { readonly kernel: number })[];
  readonly explained: readonly ModelExplains[];
}

/** Kernels that a calibration tries, and samples and levels that it looks at. */
const KERNELS = [3, 5, 9, 13, 17];
const CALIBRATED = { samples: 4, levels: 5 };

const RESAMPLES = 1000;

/**
 * How much of a network's samples local score machines, the exact score of the same images and the Gaussian of the data
 * explain, each drawing from the network's own noise. All machines look at the scale of the bordered one.
 */
export async function explainedBy(
  network: Network,
  data: Data,
  effort: MachineEffort,
  options: ExperimentOptions,
): Promise<MachinesExplain> {
  const { samples: count, steps, images, kinds, seed, multiply } = effort;
  const { exactScore = empiricalDenoiser } = effort;
  const { shape } = data;
  const work = beginWork(options);
  const known = inUnits(takeSamples(data, pick(data.count, images, seed)));
  const moments = effort.moments ?? (await dataMoments(data));
  const draw = async (denoiser: Denoiser) =>
    await sample({
      network: { ...network, denoiser },
      ...{ solver: ddim(), steps, count, seed, threshold: null },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  work.part("samples of the network");
  const own = await draw(network.denoiser);

  work.part("the scale of the machines");
  const machine = (kind: LocalScoreKind, kernel: number | ((level: NoiseLevel) => number)) =>
    localScoreDenoiser(known, shape, { kind, kernel, ...(multiply && { multiply }) });
  const walked = own.levels.filter(({ alpha, sigma }) => alpha > 0 && sigma > 0);
  const stride = Math.max(1, Math.ceil(walked.length / CALIBRATED.levels));
  const side = Math.min(shape[1]!, shape[2]!);
  const scales = await calibrateKernels({
    network: network.denoiser,
    machine: (kernel) => machine("bordered", kernel),
    data: known.subarray(0, Math.min(images, CALIBRATED.samples) * (known.length / images)),
    levels: walked.filter((_, k) => k % stride === 0),
    kernels: KERNELS.filter((kernel) => kernel <= side),
    seed,
  });
  const kernel = kernelBySigma(scales);

  const models: readonly (readonly [ModelExplains["model"], () => Denoiser])[] = [
    ...kinds.map((kind) => [kind, () => machine(kind, kernel)] as const),
    ["exact", () => exactScore(Float32Array.from(known), shape)],
    ["gaussian", () => exactDenoiser(gaussian(moments), shape)],
  ];
  const explained: ModelExplains[] = [];
  for (const [model, made] of models) {
    work.part(`samples of the ${model} score`);
    const { samples } = await draw(made());
    const { values, median } = explainedVariance(own.samples, samples, own.samples.length / count);
    const medians = [...resamples(count, RESAMPLES, seed)].map((chosen) =>
      middleOf(Array.from(chosen, (n) => values[n]!)),
    );
    explained.push({ model, values, median, ...percentileInterval(medians) });
  }
  const schedule = chainOf(network.process);
  return {
    scales: scales.map(({ level, kernel: side }) => ({
      ...levelTime(level, schedule),
      kernel: side,
    })),
    explained,
  };
}

function middleOf(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return 0.5 * (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!);
}
