import type { Moments } from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { type CentreBranch, centreBranch } from "../../symmetry/centre-branch.ts";
import { type CirclePotential, circlePotential } from "../../symmetry/circle-potential.ts";
import {
  type CollectiveCoordinates,
  collectiveDenoiser,
} from "../../symmetry/collective-denoiser.ts";
import { findWells, type Wells } from "../../symmetry/find-wells.ts";
import type { JacobianOptions } from "../../symmetry/linearised.ts";
import { type LossRatio, lossRatio } from "../../symmetry/loss-ratio.ts";
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
  /** The coordinates that the centre and the wells are looked for in, one for each draw of the noise across. */
  readonly coordinates: readonly CollectiveCoordinates[];
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
  /** In collective coordinates, one for each draw of the noise across. */
  readonly centres: readonly CentreBranch[];
  /** In those of the first draw. */
  readonly wells: Wells;
  readonly circle: CirclePotential;
}

/** Points of a circle: enough for a barrier, one network call each. */
const CIRCLE_POINTS = 37;

/** Loss ratio, centre, wells and circles of one denoiser. */
export async function measureSubject(
  { name, denoiser, jacobian, exact = denoiser }: Subject,
  { levels, moments, coordinates, held, starts, pairs, seed, onProgress }: Measurement,
): Promise<MeasuredSubject> {
  const loss = await lossRatio({ denoiser, moments, data: held, levels: levels.loss, seed });
  onProgress(0.1);
  const centres: CentreBranch[] = [];
  for (const at of coordinates) {
    const { project, ...reduced } = collectiveDenoiser(exact, at, jacobian);
    const mean = project(moments.mean);
    let points = 0;
    const onPoint = () => {
      const draws = centres.length + ++points / levels.centre.length;
      onProgress(0.1 + (0.4 * draws) / coordinates.length);
    };
    centres.push(await centreBranch({ ...reduced, mean, levels: levels.centre, onPoint }));
  }
  const { denoiser: reduced, project } = collectiveDenoiser(denoiser, coordinates[0]!);
  let done = 0;
  const wells = await findWells({
    denoiser: reduced,
    starts: project(starts),
    levels: levels.wells,
    onLevel: () => onProgress(0.5 + (0.3 * ++done) / levels.wells.length),
  });
  const circle = await circlePotential({
    denoiser,
    data: pairs,
    mean: moments.mean,
    levels: levels.circle,
    points: CIRCLE_POINTS,
    seed,
    onPair: (fraction) => onProgress(0.8 + 0.2 * fraction),
  });
  return { name, loss, centres, wells, circle };
}
