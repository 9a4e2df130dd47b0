import {
  type DiscreteSchedule,
  discreteSchedule,
  type Landscape,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import {
  type ChainName,
  type ChainTime,
  chainName,
  chainTime,
  levelChainTime,
} from "../chain-time.ts";
import { type FixedPoint, type FixedPointOptions, newton } from "./fixed-point.ts";
import { gainAt } from "./landscapes.ts";
import { type JacobianOptions, linearised } from "./linearised.ts";
import { type Stability, type StabilityOptions, stability } from "./stability.ts";

/** The centre at one level. */
export interface CentrePoint {
  readonly level: NoiseLevel;
  readonly time: ChainTime;
  readonly fixedPoint: FixedPoint;
  readonly stability: Stability;
  /** Distance of E[x_0|x] = x/gain from the data's mean, per coordinate (root mean square), units of the data. */
  readonly awayFromMean: number;
}

/** What becomes of the centre's stability on the way from noise. */
export type StabilityLoss =
  | { readonly kind: "lost"; readonly time: ChainTime }
  /** With a fold (unequal classes) the centre turns into one of the wells. */
  | { readonly kind: "stable throughout" }
  | { readonly kind: "unstable from the start" }
  /** It was stable until no fixed point was found near the last one any more. */
  | { readonly kind: "branch ends"; readonly time: ChainTime };

/** The fixed point followed from noise towards the data, and where it loses its stability. */
export interface CentreBranch {
  readonly landscape: Landscape;
  /** Noisiest first. */
  readonly points: readonly CentrePoint[];
  /** The first loss of stability, in each landscape at the points of this branch: three different critical times. */
  readonly critical: Readonly<Record<Landscape, StabilityLoss>>;
  /** Rows evaluated by the denoiser, and products with its Jacobian. */
  readonly spent: { readonly evaluations: number; readonly products: number };
  readonly schedule: ChainName;
}

/** What {@link centreBranch} needs. */
export interface CentreBranchOptions extends FixedPointOptions, StabilityOptions, JacobianOptions {
  readonly denoiser: Denoiser;
  /** Of clean data: where the branch begins. */
  readonly mean: Samples;
  /** Of any process, with signal and noise, noisiest first. */
  readonly levels: readonly NoiseLevel[];
  /** The chain whose indices are wanted. Default: linear, 1000 steps. */
  readonly schedule?: DiscreteSchedule;
  readonly onPoint?: (point: CentrePoint) => void;
}

/**
 * Follows the central fixed point of a landscape from noise to data: it begins at gain·mean, where the posterior is the
 * prior, and each next one near the last. Its stability is that of the undecided state, so that its loss is the symmetry
 * breaking of this denoiser, learned or exact. In data without a symmetry the centre may turn into one of the wells
 * instead (a fold, seen by `findWells`).
 *
 * @example (await centreBranch({ denoiser, mean, levels })).critical.potential
 */
export async function centreBranch(options: CentreBranchOptions): Promise<CentreBranch> {
  const {
    denoiser,
    mean,
    levels,
    schedule = discreteSchedule(),
    landscape = "potential",
  } = options;
  const line = linearised("centreBranch", denoiser, options);
  const points: CentrePoint[] = [];
  let place = Float64Array.from(mean);
  for (const level of levels) {
    const gain = gainAt("centreBranch", landscape, level);
    const start = place.map((value) => gain * value);
    const fixedPoint = await newton(line, start, level, options);
    place = fixedPoint.x.map((value) => value / gain);
    const away = place.reduce((sum, value, i) => sum + (value - mean[i]!) ** 2, 0);
    const point: CentrePoint = {
      level,
      time: levelChainTime(level, schedule),
      fixedPoint,
      stability: await stability(line, fixedPoint.x, level, options),
      awayFromMean: Math.sqrt(away / line.size),
    };
    points.push(point);
    options.onPoint?.(point);
  }
  return {
    landscape,
    points,
    critical: {
      potential: crossing(points, "potential", schedule),
      density: crossing(points, "density", schedule),
      drift: crossing(points, "drift", schedule),
    },
    spent: line.spent,
    schedule: chainName(schedule),
  };
}

/** Where the load first rises through 1: its logarithm is interpolated linearly in OU time, nearly straight there. */
function crossing(
  points: readonly CentrePoint[],
  landscape: Landscape,
  schedule: DiscreteSchedule,
): StabilityLoss {
  const end = points.findIndex(({ fixedPoint }) => !fixedPoint.converged);
  const at = (end < 0 ? points : points.slice(0, end)).map(({ time, stability: { load } }) => ({
    time: time.ouTime,
    log: Math.log(Math.max(load[landscape], 1e-12)),
  }));
  const after = at.findIndex(({ log }) => log > 0);
  if (after === 0) return { kind: "unstable from the start" };
  if (after < 0 && end >= 0) return { kind: "branch ends", time: points[end]!.time };
  if (after < 0) return { kind: "stable throughout" };
  const [a, b] = [at[after - 1]!, at[after]!];
  const share = a.log / (a.log - b.log);
  return { kind: "lost", time: chainTime(a.time + share * (b.time - a.time), schedule) };
}
