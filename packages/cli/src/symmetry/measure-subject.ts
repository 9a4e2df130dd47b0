import {
  type CentreBranch,
  type CirclePotential,
  centreBranch,
  circlePotential,
  findWells,
  type JacobianOptions,
  type LossRatio,
  lossRatio,
  type Wells,
} from "@symbreak/analysis";
import type { Moments } from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import type { SymmetryLevels } from "./symmetry-levels.ts";

/** A denoiser whose symmetry breaking is measured. */
export interface Subject {
  /** "the network", "the exact score of 4000 images". */
  readonly name: string;
  readonly denoiser: Denoiser;
  readonly jacobian: JacobianOptions;
  /** In double precision, where there is one: Newton's method gains digits by it. */
  readonly exact?: Denoiser;
}

/** What a subject is measured with. */
export interface Measurement {
  readonly levels: SymmetryLevels;
  readonly moments: Moments;
  /** Clean images for the loss, held out if there are any. */
  readonly held: Float32Array;
  /** Clean images to fall into wells, of all classes. */
  readonly starts: Float32Array;
  /** Pairs of clean images for the circles. */
  readonly pairs: Float32Array;
  readonly seed: number;
  readonly onProgress: (fraction: number) => void;
}

/** All that was measured of one subject. */
export interface MeasuredSubject {
  readonly name: string;
  readonly loss: LossRatio;
  readonly centre: CentreBranch;
  readonly wells: Wells;
  readonly circle: CirclePotential;
}

/** Points of a circle: enough for a barrier, one network call each. */
const CIRCLE_POINTS = 37;

/** Loss ratio, centre, wells and circles of one denoiser. */
export async function measureSubject(
  { name, denoiser, jacobian, exact = denoiser }: Subject,
  { levels, moments, held, starts, pairs, seed, onProgress }: Measurement,
): Promise<MeasuredSubject> {
  const loss = await lossRatio({ denoiser, moments, data: held, levels: levels.loss, seed });
  let done = 0;
  const step = (from: number, share: number, of: number) =>
    onProgress(from + share * (++done / of));
  onProgress(0.05);
  const centre = await centreBranch({
    denoiser: exact,
    ...jacobian,
    mean: moments.mean,
    levels: levels.centre,
    onPoint: () => step(0.05, 0.45, levels.centre.length),
  });
  done = 0;
  const wells = await findWells({
    denoiser,
    starts,
    levels: levels.wells,
    onLevel: () => step(0.5, 0.3, levels.wells.length),
  });
  const circle = await circlePotential({
    denoiser,
    data: pairs,
    levels: levels.circle,
    points: CIRCLE_POINTS,
    seed,
    onPair: (fraction) => onProgress(0.8 + 0.2 * fraction),
  });
  return { name, loss, centre, wells, circle };
}
