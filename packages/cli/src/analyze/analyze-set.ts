import type { CollapseTime, SpeciationTime } from "@symbreak/analysis";
import {
  collapseTime,
  type DataMoments,
  moments,
  speciationSpectrum,
  speciationTime,
} from "@symbreak/analysis";
import { type Data, describeUnits, type SpectralCovariance, sizeOf } from "@symbreak/core";
import { describe } from "@symbreak/datasets";

/** What `ssb analyze --json` prints, the recommended start aside. */
export interface Analysis {
  readonly dataset: string;
  readonly split: string | null;
  readonly selection: readonly string[];
  /** One line with everything that was done to the data. */
  readonly description: string;
  readonly n: number;
  readonly d: number;
  readonly shape: readonly number[];
  readonly scale: string;
  readonly scaleFormula: string;
  readonly spectrum: {
    readonly lambda: number;
    /** The largest eigenvalues of the covariance (1/n), descending. */
    readonly top: readonly number[];
    readonly trace: number;
    /** Modes with λ > 1, which decide at some time. */
    readonly deciding: number;
    /** Eigenpairs computed; the rest of the trace is spread evenly where they are fewer than d. */
    readonly computed: number;
  };
  readonly speciation: SpeciationTime;
  readonly collapse: CollapseTime;
}

/** Analysis and the moments it came from. */
export interface AnalyzedSet {
  readonly analysis: Analysis;
  readonly moments: DataMoments & { readonly covariance: SpectralCovariance };
}

/** A full decomposition grows as the cube of the dimension: half a minute at 1,500. */
const LARGEST_FULL = 1500;
/** Eigenpairs of larger images. */
const RANK = 128;
/** Eigenvalues listed. */
const LISTED = 64;

/**
 * Spectrum, speciation and collapse times of a set in its units; from its moments in these units, where they
 * are known already.
 */
export async function analyzeSet(set: Data, known?: DataMoments): Promise<AnalyzedSet> {
  const size = sizeOf(set.shape);
  const large = size > LARGEST_FULL && set.count > LARGEST_FULL;
  const found = known ?? (await moments(set, large ? { rank: RANK } : {}));
  const covariance = found.covariance as SpectralCovariance;
  const { eigenvalues, residual } = covariance;
  const rest = residual * (size - eigenvalues.length);
  const trace = eigenvalues.reduce((sum, value) => sum + value, 0) + rest;
  const lambda = eigenvalues[0] ?? 0;
  if (!(lambda > 0))
    throw new Error(`${describe(set)}: all images are the same, so nothing can be decided`);
  const options = { scale: set.units.name };
  const { modes } = speciationSpectrum(eigenvalues, trace, options);
  return {
    moments: { ...found, covariance },
    analysis: {
      dataset: set.name ?? "data",
      split: set.split ?? null,
      selection: set.selection ?? [],
      description: describe(set),
      n: set.count,
      d: size,
      shape: set.shape,
      scale: set.units.name,
      scaleFormula: describeUnits(set.units),
      spectrum: {
        lambda,
        top: Array.from(eigenvalues.slice(0, LISTED)),
        trace,
        deciding: modes.filter(({ ouTime }) => ouTime !== null).length,
        computed: eigenvalues.length,
      },
      speciation: speciationTime(lambda, options),
      collapse: collapseTime({ count: set.count, size }, found, options),
    },
  };
}
