import {
  type DiscreteSchedule,
  discreteSchedule,
  type Moments,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import { affineScoreTest, type Denoiser } from "@symbreak/samplers";
import {
  type ChainName,
  type ChainTime,
  chainName,
  chainTime,
  levelChainTime,
} from "../chain-time.ts";

/** A denoiser against the best linear one at one level. */
export interface LossRatioAt {
  readonly time: ChainTime;
  /** Its denoising loss over the linear one's: 1 where a Gaussian is as good, above 1 where it is better. */
  readonly ratio: number;
  /** E|score − linear score|²/E|score|². */
  readonly scoreDistance: number;
}

/** Where a denoiser knows more than the mean and the covariance of the data. */
export interface LossRatio {
  /** Noisiest first. */
  readonly at: readonly LossRatioAt[];
  /** Where the ratio last falls through 0.95 on the way from noise; below, there is more than a Gaussian. */
  readonly affineUntil: ChainTime | null;
  /** The least noise from which on up the denoiser is worse than the linear one by more than 5 %. */
  readonly worseFrom: ChainTime | null;
  readonly samples: number;
  readonly seed: number;
  readonly schedule: ChainName;
}

/** What {@link lossRatio} needs. */
export interface LossRatioOptions {
  readonly denoiser: Denoiser;
  /** Of the data the denoiser was trained on. */
  readonly moments: Moments;
  /** Clean samples, best held out, n × size. */
  readonly data: Samples;
  /** Noisiest first. */
  readonly levels: readonly NoiseLevel[];
  readonly seed?: number;
  readonly schedule?: DiscreteSchedule;
}

/** 5 %: both thresholds. */
const MARGIN = 0.05;

/**
 * The affine-score test as a curve: the loss of a denoiser over that of the best linear one, level by level. It costs one
 * batch a level, needs no sample, and says where a Gaussian late start is free.
 */
export async function lossRatio(options: LossRatioOptions): Promise<LossRatio> {
  const { denoiser, moments, data, levels, seed = 0, schedule = discreteSchedule() } = options;
  const tests = await affineScoreTest({ denoiser, moments, data, levels, seed });
  const at = tests.map(({ level, lossRatio: ratio, scoreDistance }) => ({
    time: levelChainTime(level, schedule),
    ratio: ratio!,
    scoreDistance,
  }));
  return {
    at,
    affineUntil: fall(at, 1 - MARGIN, schedule),
    worseFrom: fall(at, 1 + MARGIN, schedule),
    samples: data.length / moments.size,
    seed,
    schedule: chainName(schedule),
  };
}

/** The last fall of the ratio through a threshold on the way from noise, interpolated in OU time. */
function fall(
  at: readonly LossRatioAt[],
  threshold: number,
  schedule: DiscreteSchedule,
): ChainTime | null {
  for (let i = at.length - 1; i > 0; i--) {
    const [above, below] = [at[i - 1]!, at[i]!];
    if (!(above.ratio > threshold && below.ratio <= threshold)) continue;
    const share = (above.ratio - threshold) / (above.ratio - below.ratio);
    const time = above.time.ouTime + share * (below.time.ouTime - above.time.ouTime);
    return chainTime(time, schedule);
  }
  return null;
}
