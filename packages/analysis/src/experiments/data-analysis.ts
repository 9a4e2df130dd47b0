import {
  type Data,
  describeData,
  describeUnits,
  invalid,
  type SpectralCovariance,
  sizeOf,
} from "@symbreak/core";
import { type CollapseTime, collapseTime } from "../collapse/collapse-time.ts";
import type { DataMoments } from "../moments/moments.ts";
import { speciationSpectrum } from "../speciation/speciation-spectrum.ts";
import { type SpeciationTime, speciationTime } from "../speciation/speciation-time.ts";

/** What the spectrum of a data set says. Plain JSON. */
export interface DataAnalysis {
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

/** Eigenvalues listed. */
const LISTED = 64;

/**
 * Spectrum, speciation and collapse times of data in their units.
 *
 * @param moments of the data in these units
 * @throws RangeError where all samples are the same
 */
export function dataAnalysis(data: Data, moments: DataMoments): DataAnalysis {
  const size = sizeOf(data.shape);
  const { eigenvalues, residual } = spectralOf(moments);
  const rest = residual * (size - eigenvalues.length);
  const trace = eigenvalues.reduce((sum, value) => sum + value, 0) + rest;
  const lambda = eigenvalues[0] ?? 0;
  if (!(lambda > 0))
    throw invalid(
      "dataAnalysis",
      "data must vary: all images are the same, so nothing can be decided",
      lambda,
    );
  const options = { scale: data.units.name };
  const { modes } = speciationSpectrum(eigenvalues, trace, options);
  return {
    dataset: data.name ?? "data",
    split: data.split ?? null,
    selection: data.selection ?? [],
    description: describeData(data),
    ...{ n: data.count, d: size, shape: data.shape },
    scale: data.units.name,
    scaleFormula: describeUnits(data.units),
    spectrum: {
      lambda,
      top: Array.from(eigenvalues.slice(0, LISTED)),
      trace,
      deciding: modes.filter(({ ouTime }) => ouTime !== null).length,
      computed: eigenvalues.length,
    },
    speciation: speciationTime(lambda, options),
    collapse: collapseTime({ count: data.count, size }, moments, options),
  };
}

/** When the first mode rises above the noise, in a sentence. */
export function spectrumFinding({
  speciation: { ouTime },
}: Pick<DataAnalysis, "speciation">): string {
  return ouTime === null
    ? "No mode of the data rises above the noise."
    : `The first mode of the data rises above the noise at t_S = ${ouTime.toFixed(3)}.`;
}

/** The spectrum of moments; throws of those that hold variances only. */
export function spectralOf({ covariance }: DataMoments): SpectralCovariance {
  if (covariance.kind !== "spectral")
    throw invalid("spectralOf", "moments must have eigenvectors", covariance.kind);
  return covariance;
}
