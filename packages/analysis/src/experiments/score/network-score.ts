import {
  chainOf,
  checkKeys,
  type Data,
  inUnits,
  invalid,
  type Multiply,
  type NoiseLevel,
  philoxNoise,
  type Samples,
  takeSamples,
} from "@symbreak/core";
import type { Denoiser, Network } from "@symbreak/samplers";
import { type ClockTime, levelTime } from "../../clock-time.ts";
import { flipd } from "../../dimension/flipd.ts";
import { spectralGap } from "../../dimension/spectral-gap.ts";
import type { LocalScoreKind } from "../../local-score/patch-groups.ts";
import type { DataMoments } from "../../moments/moments.ts";
import { type ScoreQuality, scoreQuality } from "../../score/score-quality.ts";
import type { JacobianOptions } from "../../symmetry/linearised.ts";
import { checkSubject } from "../check-subject.ts";
import { beginWork, type ExperimentOptions, plainly } from "../experiment.ts";
import { pick } from "../pick.ts";
import { type SubjectProtocol, subjectProtocol } from "../protocol.ts";
import { explainedBy, type MachinesExplain } from "./machines.ts";

/** How much of a network's score is looked at. */
export interface NetworkScoreEffort {
  /** Samples that the data did not train on; default some of the data. */
  readonly heldOut?: Data | undefined;
  /** Noised samples at each level. Default 16. */
  readonly looked?: number | undefined;
  /** Whether the whole Jacobian is taken at one of them a level: as many products as a sample has numbers. Default true. */
  readonly gap?: boolean | undefined;
  /** Samples that the machines are held against; 0 for none, and for data that are no images. Default 10. */
  readonly samples?: number | undefined;
  /** Of their runs by DDIM from noise. Default 20. */
  readonly steps?: number | undefined;
  /** Training images that the machines know. Default 500. */
  readonly images?: number | undefined;
  /** Which machines. Default all three. */
  readonly kinds?: readonly LocalScoreKind[] | undefined;
  /** Makes the exact score of the same images. */
  readonly exactScore?: ((samples: Float32Array, shape: readonly number[]) => Denoiser) | undefined;
  readonly moments?: DataMoments | undefined;
  readonly jacobian?: JacobianOptions | undefined;
  readonly multiply?: Multiply | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** The local dimension of the data at one level, as the network sees it. */
export interface DimensionAt extends ClockTime {
  /** FLIPD, mean over the samples with its standard error. */
  readonly flipd: { readonly value: number; readonly standardError: number };
  /** From the widest gap in the spectrum of the score's Jacobian at one sample; null where nobody asked. */
  readonly gap: { readonly dimension: number; readonly gap: number } | null;
}

/** A network's score, from four sides. Plain JSON. */
export interface NetworkScore extends MachinesExplain {
  readonly kind: "networkScore";
  readonly protocol: SubjectProtocol & {
    readonly looked: number;
    readonly samples: number;
    readonly steps: number;
    readonly images: number;
    readonly seed: number;
  };
  readonly quality: ScoreQuality;
  readonly dimension: readonly DimensionAt[];
}

const KEYS: readonly (keyof NetworkScoreEffort)[] = [
  ...(["heldOut", "looked", "gap", "samples", "steps", "images", "kinds"] as const),
  ...(["exactScore", "moments", "jacobian", "multiply", "seed"] as const),
];

/** Signal per noise of the levels that are looked at, from noise to data. */
const SNRS = [0.1, 0.3, 1, 3, 10];

/**
 * A network's score: against data (implicit and denoising score matching), the local dimension that it sees (FLIPD and the
 * spectral gap), and how much of its samples local score machines, the exact score and a Gaussian explain from the same noise
 * (arXiv 2412.20292).
 *
 * @throws RangeError for data that do not fit the network, and unknown keys
 */
export async function networkScore(
  network: Network,
  data: Data,
  effort: NetworkScoreEffort = {},
  options: ExperimentOptions = {},
): Promise<NetworkScore> {
  checkKeys("networkScore", effort, KEYS);
  checkSubject("networkScore", network, data);
  const { heldOut = data, looked = 16, gap = true, jacobian = {}, seed = 0 } = effort;
  const { samples = 10, steps = 20, images = 500 } = effort;
  const { kinds = ["local", "equivariant", "bordered"] } = effort;
  const { exactScore, moments, multiply } = effort;
  const machines = { exactScore, moments, multiply };
  const least = { looked: 2, samples: 0, steps: 2, images: 2 };
  for (const [key, value] of Object.entries({ looked, samples, steps, images }))
    if (!Number.isInteger(value) || value < least[key as keyof typeof least])
      throw invalid(
        "networkScore",
        `${key} must be an integer of at least ${least[key as keyof typeof least]}`,
        value,
      );
  const { process, denoiser } = network;
  const schedule = chainOf(process);
  const levels = SNRS.map((snr) => process.level(process.timeAt(2 * Math.log(snr))));
  const work = beginWork(options);
  work.part("the score against data");
  const clean = inUnits(takeSamples(heldOut, pick(heldOut.count, looked, seed)));
  const quality = await scoreQuality({
    ...{ denoiser, data: clean, levels, schedule, seed, ...jacobian },
  });
  work.part("the local dimension");
  const dimension: DimensionAt[] = [];
  for (const level of levels) {
    const { values, mean } = await flipd(denoiser, clean, level, { ...jacobian, seed });
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const standardError = Math.sqrt(spread / (looked - 1) / looked);
    dimension.push({
      ...levelTime(level, schedule),
      flipd: { value: mean, standardError },
      gap: gap ? await gapAt(denoiser, clean, level, jacobian, seed) : null,
    });
    options.signal?.throwIfAborted();
  }
  const isImages = data.shape.length === 3;
  const count = isImages ? samples : 0;
  const compared =
    count === 0
      ? { scales: [], explained: [] }
      : await explainedBy(
          network,
          data,
          { ...machines, samples, steps, images, kinds, seed },
          options,
        );
  for (const { model, median } of compared.explained)
    work.found(`r² of the network's samples against ${model}: ${median.toFixed(3)}.`);
  return plainly({
    kind: "networkScore" as const,
    protocol: {
      ...(await subjectProtocol(network, data)),
      looked,
      samples: count,
      steps,
      images,
      seed,
    },
    ...{ quality, dimension, ...compared },
  });
}

async function gapAt(
  denoiser: Denoiser,
  clean: Samples,
  level: NoiseLevel,
  jacobian: JacobianOptions,
  seed: number,
): Promise<DimensionAt["gap"]> {
  const size = denoiser.shape.reduce((product, side) => product * side, 1);
  const noise = new Float64Array(size);
  philoxNoise(seed)(noise, size, 0);
  const x = noise.map((z, i) => level.alpha * clean[i]! + level.sigma * z);
  const { dimension, gap } = await spectralGap(denoiser, x, level, jacobian);
  return { dimension, gap };
}
