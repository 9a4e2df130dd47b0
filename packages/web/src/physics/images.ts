import {
  analyzeData,
  type ClassDecisions,
  collapseTime,
  type DataMoments,
  moments,
  recommendedStarts,
  speciationSpectrum,
  speciationTime,
} from "@symbreak/analysis";
import {
  type Data,
  inUnits,
  type Moments,
  type SpectralCovariance,
  simdMultiply,
  sizeOf,
} from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { CHAIN } from "./chain.ts";

/** What a set of images decides, and when. */
export interface ImagesAnalysis {
  readonly name: string;
  readonly count: number;
  readonly shape: readonly number[];
  readonly units: string;
  /** Λ, the variance along the first principal direction, and all of the variance. */
  readonly lambda: number;
  readonly trace: number;
  /** Each mode's variance, share and the timestep at which it rises above the noise; null where it never does. */
  readonly modes: readonly {
    readonly eigenvalue: number;
    readonly share: number | null;
    readonly ouTime: number | null;
    readonly timestep: number | null;
  }[];
  /** Timesteps of t_S, of the instability of the centre, and of t_C; null where there is none. */
  readonly speciation: { readonly ouTime: number | null; readonly timestep: number | null };
  readonly instability: { readonly ouTime: number; readonly timestep: number | null };
  readonly collapse: { readonly ouTime: number; readonly timestep: number | null };
  readonly mean: Float64Array;
  /** The first principal directions, SHOWN × size. */
  readonly directions: Float64Array;
}

/** Principal directions that are shown as pictures. */
export const SHOWN = 11;

/** A full decomposition of more dimensions would take long in a page. */
const [LARGEST_FULL, RANK] = [800, 96];

/** Mean and covariance of images in some units. */
export async function momentsOf(data: Data): Promise<DataMoments> {
  const large = sizeOf(data.shape) > LARGEST_FULL && data.count > LARGEST_FULL;
  return moments(data, large ? { rank: RANK } : {});
}

/** The analysis of a set by its moments. */
export function analysisOf(
  name: string,
  shape: readonly number[],
  found: Moments & { readonly count: number },
  units: string,
): ImagesAnalysis {
  const size = sizeOf(shape);
  const { eigenvalues, eigenvectors, residual } = found.covariance as SpectralCovariance;
  const rest = residual * (size - eigenvalues.length);
  const trace = eigenvalues.reduce((sum, value) => sum + value, 0) + rest;
  const lambda = eigenvalues[0] ?? 0;
  if (!(lambda > 0)) throw new Error(`${name}: all images are the same, so nothing is decided.`);
  const options = { schedule: CHAIN, scale: units };
  const { modes } = speciationSpectrum(eigenvalues, trace, options);
  const speciation = speciationTime(lambda, options);
  const { spectrum } = collapseTime({ count: found.count, size }, found, options);
  const time = ({ ouTime, ddpmIndex }: { ouTime: number | null; ddpmIndex: number | null }) => ({
    ouTime,
    timestep: ddpmIndex,
  });
  return {
    name,
    count: found.count,
    shape,
    units,
    lambda,
    trace,
    modes: modes.map((mode) => ({ ...mode, timestep: mode.ddpmIndex })),
    speciation: time(speciation),
    instability: { ...time(speciation.instability), ouTime: speciation.instability.ouTime },
    collapse: { ...time(spectrum), ouTime: spectrum.ouTime },
    mean: found.mean,
    directions: eigenvectors.slice(0, SHOWN * size),
  };
}

/** When the classes of labelled images part. */
export interface ClassTimes extends Pick<ClassDecisions, "pairs" | "tree" | "topModeBetween"> {
  /** The class of leaf k, its name and its mean image (classes × size, in the units of the data). */
  readonly classes: readonly number[];
  readonly names: readonly string[];
  readonly means: Float64Array;
  readonly warnings: readonly string[];
}

/** Images of the exact posterior of the classes. */
const POSTERIOR = 4000;

/** When the classes of images part, as `ssb analyze` finds it; null where there are none, with warnings that say why. */
export async function classTimes(
  data: Data,
  found: DataMoments,
): Promise<ClassTimes | { readonly warnings: readonly string[] }> {
  const { classes, warnings } = await analyzeData(data, {
    moments: found,
    posterior: POSTERIOR,
    multiply: simdMultiply,
  });
  if (classes === null) return { warnings };
  const { pairs, tree, topModeBetween } = classes;
  const leaves = [...tree.classes].sort((a, b) => a - b);
  return {
    ...{ pairs, tree, topModeBetween, warnings },
    classes: leaves,
    names: leaves.map((label) => data.classNames?.[label] ?? String(label)),
    means: meansOf(data, leaves),
  };
}

function meansOf(data: Data, classes: readonly number[]): Float64Array {
  const size = sizeOf(data.shape);
  const values = inUnits(data);
  const sums = new Float64Array(classes.length * size);
  const counts = classes.map(() => 0);
  data.labels!.forEach((label, n) => {
    const k = classes.indexOf(label);
    counts[k]!++;
    for (let i = 0; i < size; i++) sums[k * size + i]! += values[n * size + i]!;
  });
  return sums.map((sum, i) => sum / counts[Math.floor(i / size)]!);
}

/** A recommended start of few steps. */
export interface StartFor {
  readonly sampler: string;
  readonly steps: number;
  readonly late: boolean;
  readonly timestep: number;
}

/** Where DDIM and DDPM should start with few steps, as `ssb analyze` finds it: by an exact score, which needs no network. */
export async function startsFor(
  denoiser: Denoiser,
  data: Data,
  found: DataMoments,
): Promise<readonly StartFor[]> {
  const starts = await recommendedStarts(denoiser, data, found);
  return starts.map(({ sampler, steps, start, ddpmIndex }) => ({
    sampler,
    steps,
    late: start === "late",
    timestep: ddpmIndex,
  }));
}
