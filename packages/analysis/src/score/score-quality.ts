import {
  checkKeys,
  type DiscreteSchedule,
  discreteSchedule,
  invalid,
  type NoiseLevel,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { type ChainName, chainName } from "../chain-time.ts";
import { type ClockTime, levelTime } from "../clock-time.ts";
import { type JacobianOptions, linearised } from "../symmetry/linearised.ts";
import { type TraceOptions, traces } from "../symmetry/trace.ts";

/** A mean over samples with its standard error; NaN of a single sample. */
export interface ScoreMean {
  readonly value: number;
  readonly standardError: number;
}

/** A score at one level, nats per squared unit of the noised data. */
export interface ScoreQualityAt extends ClockTime {
  /** E[½|s|² + tr ∇s] (Hyvärinen 2005): ½E|s − ∇ ln p|² less ½E|∇ ln p|², from the data alone. Lower is better. */
  readonly implicit: ScoreMean;
  /** ½E|s + epsilon/sigma|² − d/2sigma² (Vincent 2011): the same in expectation, from the noise that was added. */
  readonly denoising: ScoreMean;
  /** ½E|s − s'|² to the score of a reference, the Fisher divergence where that is the true one; null without it. */
  readonly fisher: ScoreMean | null;
}

/** How good a score is, by noise level. */
export interface ScoreQuality {
  readonly kind: "scoreQuality";
  /** As the levels were given. */
  readonly at: readonly ScoreQualityAt[];
  readonly samples: number;
  readonly seed: number;
  readonly schedule: ChainName;
}

/** What {@link scoreQuality} needs. */
export interface ScoreQualityOptions extends JacobianOptions, TraceOptions {
  readonly denoiser: Denoiser;
  /** Clean samples, best held out, n × size. */
  readonly data: Samples;
  readonly levels: readonly NoiseLevel[];
  /** The true score where it is known (`exactDenoiser`), or another network's. */
  readonly reference?: Denoiser;
  readonly schedule?: DiscreteSchedule;
}

/**
 * Score matching as a diagnostic of a learned score against data: implicit (by the divergence, exact or along random signs,
 * "sliced", arXiv 1905.07088), denoising, and against a known score.
 *
 * Implicit and denoising score matching agree within their errors for any smooth score; where they do not, the score has
 * jumps, or the Jacobian is not its own. `seed` is of the noise and of the random directions.
 */
export async function scoreQuality(options: ScoreQualityOptions): Promise<ScoreQuality> {
  const { denoiser, data, levels, reference, seed = 0, schedule = discreteSchedule() } = options;
  const where = "scoreQuality";
  checkKeys(where, options, [
    ...["denoiser", "data", "levels", "reference", "schedule"],
    ...["product", "transposed", "probes", "seed"],
  ]);
  const line = linearised(where, denoiser, options);
  const { size } = line;
  const truth = reference && linearised(where, reference);
  if (truth !== undefined && truth.size !== size)
    throw invalid(where, `reference must have samples of ${size} numbers`, truth.size);
  const samples = data.length / size;
  if (!Number.isInteger(samples) || samples < 1)
    throw invalid(where, `data must hold whole samples of ${size} numbers`, data.length);
  const trace = traces(where, line, options);
  const noise = new Float64Array(data.length);
  philoxNoise(seed)(noise, size, 0);
  const at: ScoreQualityAt[] = [];
  for (const level of levels) {
    const { alpha, sigma } = level;
    if (!(alpha > 0 && sigma > 0)) throw invalid(where, "levels must have signal and noise", level);
    const x = noise.map((z, i) => alpha * data[i]! + sigma * z);
    const scoreOf = async (of: typeof line) =>
      (await of.denoise(x, level)).map((value, i) => (alpha * value - x[i]!) / sigma ** 2);
    const score = await scoreOf(line);
    const own = truth && (await scoreOf(truth));
    const [implicit, denoising, fisher] = [0, 1, 2].map(() => new Float64Array(samples)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let n = 0; n < samples; n++) {
      const { value } = await trace(x.subarray(n * size, (n + 1) * size), level, n);
      implicit[n] = (alpha * value - size) / sigma ** 2;
      denoising[n] = -size / (2 * sigma ** 2);
      for (let i = n * size; i < (n + 1) * size; i++) {
        implicit[n]! += 0.5 * score[i]! ** 2;
        denoising[n]! += 0.5 * (score[i]! + noise[i]! / sigma) ** 2;
        if (own) fisher[n]! += 0.5 * (score[i]! - own[i]!) ** 2;
      }
    }
    at.push({
      ...levelTime(level, schedule),
      implicit: meanOf(implicit),
      denoising: meanOf(denoising),
      fisher: own ? meanOf(fisher) : null,
    });
  }
  return { kind: "scoreQuality", at, samples, seed, schedule: chainName(schedule) };
}

function meanOf(values: Float64Array): ScoreMean {
  const count = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  const square = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  return { value, standardError: Math.sqrt(square / (count - 1) / count) };
}
