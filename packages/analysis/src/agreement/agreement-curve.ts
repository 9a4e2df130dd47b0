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
import { correlations, meanOf } from "../statistics/correlations.ts";
import { type MeanInterval, meanIntervals } from "../statistics/mean-interval.ts";
import { linearised } from "../symmetry/linearised.ts";

/** Two denoisers on the same noisy samples. */
export interface AgreementAt extends ClockTime {
  /** Root mean square of their difference over samples and coordinates, units of the data. */
  readonly distance: number;
  /** E|D_a − D_b|² over the mean of their losses E|x0 − D|²: 0 where they are one function, about 2 where their errors have nothing in common. */
  readonly relative: number;
  /** Mean cosine of what both take away, D_a − x̄ and D_b − x̄ about the mean of the data; null where one of them is the mean. */
  readonly cosine: MeanInterval | null;
}

/** How far two denoisers are the same function, by noise level. */
export interface AgreementCurve {
  readonly kind: "agreementCurve";
  /** Noisiest first. */
  readonly at: readonly AgreementAt[];
  readonly samples: number;
  readonly seed: number;
  readonly schedule: ChainName;
}

/** What {@link agreementCurve} needs. */
export interface AgreementCurveOptions {
  readonly a: Denoiser;
  readonly b: Denoiser;
  /** Clean samples that neither was trained on, n × size. */
  readonly data: Samples;
  /** Noisiest first. */
  readonly levels: readonly NoiseLevel[];
  /** Of the noise: one draw a sample, the same at all levels. Default 0. */
  readonly seed?: number;
  readonly schedule?: DiscreteSchedule;
}

/**
 * Do two networks trained on disjoint halves of a data set know the same function? Where they do they have generalised;
 * where each knows its own half they have memorised (Kadkhodaie et al. 2024, arXiv 2310.02557).
 */
export async function agreementCurve(options: AgreementCurveOptions): Promise<AgreementCurve> {
  checkKeys("agreementCurve", options, ["a", "b", "data", "levels", "seed", "schedule"]);
  const { a, b, data, levels, seed = 0, schedule = discreteSchedule() } = options;
  const [first, second] = [linearised("agreementCurve", a), linearised("agreementCurve", b)];
  const { size } = first;
  if (second.size !== size)
    throw invalid("agreementCurve", `b must have samples of ${size} numbers`, second.size);
  const samples = data.length / size;
  if (!Number.isInteger(samples) || samples < 1)
    throw invalid("agreementCurve", `data must hold whole samples of ${size} numbers`, data.length);
  if (levels.length === 0)
    throw invalid("agreementCurve", "levels must be at least one", levels.length);
  const noise = new Float64Array(data.length);
  philoxNoise(seed)(noise, size, 0);
  const mean = meanOf(data, size);
  const interval = meanIntervals(samples, seed);
  const at: AgreementAt[] = [];
  for (const level of levels) {
    const x = noise.map((z, i) => level.alpha * data[i]! + level.sigma * z);
    const [p, q] = [await first.denoise(x, level), await second.denoise(x, level)];
    const apart = squares(p, q);
    const losses = 0.5 * (squares(p, data) + squares(q, data));
    const cosines = correlations(p, q, size, mean);
    at.push({
      ...levelTime(level, schedule),
      distance: Math.sqrt(apart / data.length),
      relative: apart === 0 ? 0 : apart / losses,
      cosine: cosines.every(Number.isFinite) ? interval(cosines) : null,
    });
  }
  return { kind: "agreementCurve", at, samples, seed, schedule: chainName(schedule) };
}

function squares(a: Samples, b: Samples): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
