import type { Landscape } from "@symbreak/core";
import type { ChainTime } from "../../chain-time.ts";
import type { CentreBranch, CentrePoint, StabilityLoss } from "../../symmetry/centre-branch.ts";
import type { CirclePotential } from "../../symmetry/circle-potential.ts";
import type { Wells } from "../../symmetry/find-wells.ts";
import type { LossRatio } from "../../symmetry/loss-ratio.ts";
import type { SubjectProtocol } from "../protocol.ts";
import type { MeasuredSubject } from "./measure-subject.ts";
import type { SymmetryTheory } from "./symmetry-theory.ts";

/** The centre at one level, without its pictures. */
interface CentreResult extends ChainTime {
  readonly residual: number;
  readonly converged: boolean;
  readonly posteriorVariances: readonly number[];
  readonly curvature: Readonly<Record<Landscape, number>>;
  readonly load: Readonly<Record<Landscape, number>>;
  readonly asymmetry: number;
  readonly topAsymmetry: number | null;
  readonly awayFromMean: number;
}

/** What was measured of one denoiser, plain data. */
export interface SymmetrySubject {
  readonly name: string;
  readonly lossRatio: LossRatio;
  /** One for each draw of the noise across the collective coordinates. */
  readonly centres: readonly {
    readonly landscape: Landscape;
    readonly points: readonly CentreResult[];
    readonly critical: Readonly<Record<Landscape, StabilityLoss>>;
    readonly spent: CentreBranch["spent"];
  }[];
  readonly wells: {
    readonly at: readonly (ChainTime & {
      readonly wells: number;
      readonly shares: readonly number[];
      readonly unsettled: number;
    })[];
    readonly split: ChainTime | null;
    readonly starts: number;
    readonly evaluations: number;
  };
  readonly circle: CirclePotential;
}

/** When a symmetry breaks: theory, and what was measured of the network and of the exact score. Plain JSON. */
export interface SymmetryResult {
  readonly kind: "symmetry";
  readonly theory: SymmetryTheory;
  readonly subjects: readonly SymmetrySubject[];
  readonly protocol: SubjectProtocol & SymmetryEffortNumbers & { readonly seed: number };
}

/** How much was looked at. */
export interface SymmetryEffortNumbers {
  /** Samples that make up the exact score. */
  readonly exact: number;
  /** Samples that the loss is measured on. */
  readonly held: number;
  /** Samples that fall into wells. */
  readonly starts: number;
  /** Pairs of samples with a circle each. */
  readonly pairs: number;
  /** Principal directions that the centre is followed in. */
  readonly directions: number;
  /** Draws of the noise across them. */
  readonly draws: number;
}

/** The plain data of a subject: its pictures left out. */
export function subjectResult({
  name,
  loss,
  centres,
  wells,
  circle,
}: MeasuredSubject): SymmetrySubject {
  return {
    name,
    lossRatio: loss,
    centres: centres.map(({ landscape, points, critical, spent }) => ({
      landscape,
      points: points.map(centreResult),
      critical,
      spent,
    })),
    wells: wellsResult(wells),
    circle,
  };
}

function centreResult({ time, fixedPoint, stability, awayFromMean }: CentrePoint): CentreResult {
  const { residual, converged } = fixedPoint;
  const { posteriorVariances, curvature, load, asymmetry, topAsymmetry } = stability;
  return {
    ...time,
    ...{ residual, converged, posteriorVariances, curvature, load, asymmetry, topAsymmetry },
    awayFromMean,
  };
}

function wellsResult({ at, split, starts, evaluations }: Wells): SymmetrySubject["wells"] {
  return {
    at: at.map(({ time, wells, shares, unsettled }) => ({
      ...time,
      wells: wells.length,
      shares,
      unsettled,
    })),
    ...{ split, starts, evaluations },
  };
}
