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

/** A measurement of one subject that needs no other, and roughly its share of the subject's work. */
export interface SymmetryPart {
  readonly of: "loss" | "centre" | "wells" | "circle";
  /** Which draw of the noise across the coordinates. */
  readonly draw: number;
  readonly share: number;
}

/** The parts of a subject with so many draws of the noise across. */
export function symmetryParts(draws: number): SymmetryPart[] {
  return [
    { of: "loss", draw: 0, share: 0.1 },
    ...Array.from({ length: draws }, (_, draw) => {
      return { of: "centre" as const, draw, share: 0.4 / draws };
    }),
    { of: "wells", draw: 0, share: 0.3 },
    { of: "circle", draw: 0, share: 0.2 },
  ];
}

/** The loss ratio, the centre, the wells or the circles of one denoiser. */
export async function measurePart(
  { denoiser, jacobian, exact = denoiser }: Subject,
  { of, draw }: SymmetryPart,
  { levels, moments, coordinates, held, starts, pairs, seed }: Measurement,
  onProgress: (fraction: number) => void,
): Promise<LossRatio | CentreBranch | Wells | CirclePotential> {
  const at = coordinates[draw]!;
  let done = 0;
  switch (of) {
    case "loss":
      return lossRatio({ denoiser, moments, data: held, levels: levels.loss, seed });
    case "centre": {
      const { project, ...reduced } = collectiveDenoiser(exact, at, jacobian);
      const onPoint = () => onProgress(++done / levels.centre.length);
      const mean = project(moments.mean);
      return centreBranch({ ...reduced, mean, levels: levels.centre, onPoint });
    }
    case "wells": {
      const { denoiser: reduced, project } = collectiveDenoiser(denoiser, at);
      const onLevel = () => onProgress(++done / levels.wells.length);
      return findWells({
        ...{ denoiser: reduced, starts: project(starts), levels: levels.wells, onLevel },
      });
    }
    case "circle":
      return circlePotential({
        ...{ denoiser, data: pairs, mean: moments.mean, levels: levels.circle },
        ...{ points: CIRCLE_POINTS, seed, onPair: onProgress },
      });
  }
}

/** A subject from its parts, in the order of {@link symmetryParts}. */
export function measuredSubject(name: string, values: readonly unknown[]): MeasuredSubject {
  return {
    name,
    loss: values[0] as LossRatio,
    centres: values.slice(1, -2) as CentreBranch[],
    wells: values.at(-2) as Wells,
    circle: values.at(-1) as CirclePotential,
  };
}
