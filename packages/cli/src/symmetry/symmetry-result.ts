import type {
  CentreBranch,
  CentrePoint,
  ChainTime,
  CirclePotential,
  LossRatio,
  StabilityLoss,
  Wells,
} from "@symbreak/analysis";
import type { Landscape } from "@symbreak/core";
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

/** One subject, plain data. */
export interface SubjectResult {
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

/** When a symmetry breaks: theory, and what was measured of each subject. */
export interface SymmetryResult {
  readonly theory: SymmetryTheory;
  readonly subjects: readonly SubjectResult[];
  readonly protocol: Readonly<Record<string, string>>;
}

/** The plain data of a subject: its pictures left out. */
export function subjectResult({
  name,
  loss,
  centres,
  wells,
  circle,
}: MeasuredSubject): SubjectResult {
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

function wellsResult({ at, split, starts, evaluations }: Wells): SubjectResult["wells"] {
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
