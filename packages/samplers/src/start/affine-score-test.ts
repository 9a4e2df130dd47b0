import {
  gaussian,
  invalid,
  type Moments,
  type NoiseLevel,
  noiseToSignal,
  philoxNoise,
  type Samples,
  toSample,
} from "@symbreak/core";
import type { Condition } from "../condition.ts";
import type { Abort, Denoiser } from "../denoiser.ts";
import { connect } from "../solvers/connect.ts";

/** What the test needs. */
export interface AffineScoreTestOptions {
  readonly denoiser: Denoiser;
  readonly moments: Moments;
  /** Noisiest first, each with signal. */
  readonly levels: readonly NoiseLevel[];
  /** Clean samples, n × size; some 64 will do. Without them the test draws from the Gaussian. */
  readonly data?: Samples | undefined;
  /** Samples to draw where there are no data. Default 64. */
  readonly count?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** What a conditional network is asked for. */
  readonly condition?: Condition | undefined;
  readonly signal?: Abort | undefined;
}

/** The test at one level. */
export interface AffineScore {
  readonly level: NoiseLevel;
  /** The network's denoising loss against the best linear predictor's: 1 where a Gaussian is as good; null without data. */
  readonly lossRatio: number | null;
  /** E|score − linear score|² / E|score|²: 0 where the network's score is affine. */
  readonly scoreDistance: number;
  /**
   * What a Gaussian start here costs, as a squared Wasserstein-2 distance at clean data (squared units of the data), by
   * {@link affineScoreTest}'s integral from the noisiest level down.
   */
  readonly nonGaussian: number;
}

/**
 * Where is the score still affine? Compares a denoiser with the best linear one, that of the Gaussian with the data's
 * moments, level by level.
 *
 * A Gaussian start at level s puts the Gaussian's linear flow in the place of the true flow above s. With
 * r = sigma/alpha and x0 errors D_lin − D, a stretch d ln r of it displaces the sample, in units of the data, by
 * (D_lin − D) d ln r; on the way down the flow contracts direction i by √(λ_i/(λ_i + r²)) (its Gaussian part). By the
 * triangle inequality for W2 the start then costs at most about
 *
 *   W2 ≤ ∫_{ln r_s}^∞ √( Σ_i λ_i/(λ_i + r²) · E(D_lin − D)_i² ) d ln r,
 *
 * and E|D_lin − D|² is the linear predictor's loss minus the optimal one, the integrand of the negentropy of p_s (I-MMSE:
 * J(s) = ∫ E|D_lin − D|²/r² d ln r). With data a network that is *worse* than the linear one counts as no loss.
 * Network calls: one batch a level.
 */
export async function affineScoreTest(options: AffineScoreTestOptions): Promise<AffineScore[]> {
  const { denoiser, moments, levels, data, count = 64, seed = 0 } = options;
  const { condition, signal } = options;
  const { size } = moments;
  const linear = gaussian(moments);
  // The contraction λ/(λ + r²) is the linear denoiser of centred data.
  const centred = gaussian({ ...moments, mean: new Float64Array(size) });
  const rows = data === undefined ? count : data.length / size;
  if (!Number.isInteger(rows) || rows < 1)
    throw invalid(
      "affineScoreTest",
      `data must hold whole samples of ${size} values`,
      data?.length,
    );
  const noise = philoxNoise(seed);
  const network = connect("affineScoreTest", denoiser, new Float64Array(rows * size), levels, {
    samples: Array.from({ length: rows }, (_, i) => i),
    condition,
    signal,
  });

  const tests: AffineScore[] = [];
  let distance = 0;
  let before = { logRatio: 0, speed: 0 };
  for (const [i, level] of levels.entries()) {
    const { alpha, sigma } = level;
    const x =
      data === undefined
        ? linear.sample(rows, (out, width) => noise(out, width, i), level)
        : noised(data, level, (out) => noise(out, size, i));
    const { prediction } = await network.ask(x, level, i);
    const own = toSample(prediction, x, level, denoiser.predicts);
    const best = linear.denoise(x, level);

    const r = noiseToSignal(level);
    const contracted = (error: Float64Array) =>
      dot(error, centred.denoise(error, { alpha: 1, sigma: r })) / rows;
    const apart = minus(best, own);
    let squaredSpeed = contracted(apart);
    let lossRatio: number | null = null;
    if (data !== undefined) {
      const [ownError, bestError] = [minus(own, data), minus(best, data)];
      lossRatio = dot(ownError, ownError) / dot(bestError, bestError);
      squaredSpeed = Math.min(squaredSpeed, contracted(bestError) - contracted(ownError));
    }
    const score = own.map((value, j) => (alpha * value - x[j]!) / sigma ** 2);
    const scoreDistance = ((alpha / sigma ** 2) ** 2 * dot(apart, apart)) / dot(score, score);

    const now = { logRatio: Math.log(r), speed: Math.sqrt(Math.max(0, squaredSpeed)) };
    if (i > 0) distance += 0.5 * (before.speed + now.speed) * (before.logRatio - now.logRatio);
    before = now;
    tests.push({ level, lossRatio, scoreDistance, nonGaussian: distance ** 2 });
  }
  return tests;
}

function noised(
  data: Samples,
  { alpha, sigma }: NoiseLevel,
  fill: (out: Float64Array) => void,
): Float64Array {
  const x = new Float64Array(data.length);
  fill(x);
  for (let i = 0; i < x.length; i++) x[i] = alpha * data[i]! + sigma * x[i]!;
  return x;
}

function minus(a: Float64Array, b: Samples): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
