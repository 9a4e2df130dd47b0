import {
  classSignal,
  cloningProbability,
  discreteSchedule,
  invalid,
  keptInBlocks,
  levelList,
  type NoiseLevel,
  ou,
  processLevels,
  type Store,
  type Team,
  timeGrid,
} from "@symbreak/core";
import { predictorCorrector } from "@symbreak/samplers";
import { type ChainTime, chainTime } from "../chain-time.ts";
import type { Classify } from "./classes.ts";
import { cloneAgreements } from "./clone-agreements.ts";
import { type Cloning, cloningOf } from "./cloning.ts";
import type { ClonePoint } from "./cloning-curve.ts";
import { mergeAgreements } from "./merge-agreements.ts";
import { twoGaussiansDenoiser } from "./two-gaussians-denoiser.ts";

/** Settings of {@link cloneTwoGaussians}. */
export interface TwoGaussiansCloningOptions {
  /** d: the classes are N(±(1, …, 1), s² I). */
  readonly size: number;
  /** s, default 1. */
  readonly deviation?: number;
  /** Default: quarters from t_S − 1.25 to t_S + 1.5. */
  readonly ouTimes?: readonly number[];
  /** Default 10,000. */
  readonly trajectories?: number;
  /** Euler–Maruyama steps. Default 1000. */
  readonly steps?: number;
  /** T, the OU time of the start. Default 10. */
  readonly from?: number;
  /** Default 0. */
  readonly seed?: number;
  readonly onProgress?: (fraction: number) => void;
  /** Keeps finished trajectories, {@link BLOCK} at a time; shards share them. */
  readonly store?: Store | undefined;
  readonly team?: Team | undefined;
}

/** Trajectories that are run and kept together. */
const BLOCK = 1000;

/** phi of two Gaussian classes, simulated and exact. */
export interface TwoGaussiansCloning extends Cloning {
  readonly phi: readonly (ClonePoint & { readonly exact: number })[];
  /** ½ ln d */
  readonly speciation: ChainTime;
  readonly size: number;
  readonly deviation: number;
  readonly steps: number;
  readonly from: number;
  /** What was simulated, in words. */
  readonly simulated: string;
}

const HALF_SPLIT: Classify = (samples) => ({
  labels: Int32Array.from(samples, (x) => (x > 0 ? 1 : 0)),
});

/**
 * The speciation experiment of Biroli et al. 2024 on N(±(1, …, 1), s² I): reverse OU process by Euler–Maruyama from N(0, I)
 * at T, clones at each time, class by the sign of m·x at the end.
 *
 * Simulated is the coordinate along m alone, with its exact score. Nothing is approximated by that: the score's part along
 * m depends on no other coordinate, nor does the class, and each Euler step is linear; the projection of a run in d
 * dimensions is a run in this one, noise by noise.
 */
export async function cloneTwoGaussians(
  options: TwoGaussiansCloningOptions,
): Promise<TwoGaussiansCloning> {
  const { size, deviation = 1, trajectories = 10_000, steps = 1000, from = 10, seed = 0 } = options;
  if (!Number.isInteger(size) || size < 1)
    throw invalid("cloneTwoGaussians", "size must be a positive integer", size);
  if (!(deviation > 0 && deviation < Infinity))
    throw invalid("cloneTwoGaussians", "deviation must be positive and finite", deviation);
  const mean = Math.sqrt(size);
  const centre = 0.5 * Math.log(size);
  const ouTimes = options.ouTimes ?? quartersAround(centre).filter((t) => t >= 0.25 && t <= from);
  const wrong = ouTimes.find((time) => !(time > 0 && time <= from));
  if (wrong !== undefined || ouTimes.length === 0)
    throw invalid("cloneTwoGaussians", `ouTimes must list times in (0, ${from}]`, wrong ?? ouTimes);

  const run = {
    denoiser: twoGaussiansDenoiser({ mean, deviation }),
    solver: predictorCorrector({ predictor: "eulerMaruyama", correctorSteps: 0 }),
    process: ou(),
    grid: levelList(levelsThrough(ouTimes, steps, from)),
    ...{ ouTimes, count: trajectories, seed, precision: "float64" as const },
  };
  const { store, team, onProgress } = options;
  let before = 0;
  const agreements = await keptInBlocks(
    store,
    { kind: "twoGaussians", size, deviation, ouTimes, steps, from, seed },
    {
      ...{ count: trajectories, grain: BLOCK, whole: false, team },
      make: async ({ first, count }) => {
        const part = await cloneAgreements({
          ...{ ...run, classify: HALF_SPLIT, first, count, batch: count },
          onProgress: (share) => onProgress?.((before + share * count) / trajectories),
        });
        before += count;
        return part;
      },
      join: mergeAgreements,
    },
  );
  const found = cloningOf(agreements, run);
  const exact = (ouTime: number) =>
    cloningProbability(classSignal(mean, deviation, ou().level(ouTime)));
  return {
    ...found,
    phi: found.phi.map((point) => ({ ...point, exact: exact(point.ouTime) })),
    speciation: chainTime(centre, discreteSchedule()),
    ...{ size, deviation, steps, from },
    solver: "Euler–Maruyama of the reverse OU process",
    simulated: `the coordinate along m of ${size}, with its exact score`,
  };
}

/** Equal steps from `from` to clean data, and the times asked for between them. */
function levelsThrough(ouTimes: readonly number[], steps: number, from: number): NoiseLevel[] {
  const process = ou({ tMin: from / steps, tMax: from });
  const grid = timeGrid(process, steps);
  const near = (time: number) => grid.some((t) => Math.abs(t - time) < 1e-9);
  const times = [...grid, ...new Set(ouTimes.filter((time) => !near(time)))];
  return processLevels(
    process,
    times.sort((a, b) => b - a),
  );
}

function quartersAround(centre: number): number[] {
  return Array.from({ length: 12 }, (_, k) => centre - 1.25 + k / 4);
}
