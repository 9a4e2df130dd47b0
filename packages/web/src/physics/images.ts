import { collapseTime, moments, speciationSpectrum, speciationTime } from "@symbreak/analysis";
import {
  type Data,
  inUnits,
  type Moments,
  type SpectralCovariance,
  simdMultiply,
  sizeOf,
  sliceSamples,
  trailing,
} from "@symbreak/core";
import { affineScoreTest, chooseStart, ddim, empiricalDenoiser } from "@symbreak/samplers";
import { CHAIN, noisyLevel, TOP } from "./chain.ts";

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
export async function momentsOf(data: Data): Promise<Moments & { count: number }> {
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

/** A recommended start of few steps. */
export interface StartFor {
  readonly sampler: string;
  readonly steps: number;
  readonly late: boolean;
  readonly timestep: number;
}

/** Images of which the exact score is made, and those that it is tested on. */
const [SCORE_IMAGES, TESTED] = [600, 24];

const CANDIDATES = [900, 800, 700, 600, 550, 500, 450, 400, 350, 300, 250, 200, 150, 100, 50];

/**
 * Where DDIM and DDPM should start with few steps, as `ssb analyze` finds it: by the exact score of (some of) the images
 * themselves, which needs no network.
 */
export async function startsFor(data: Data, found: Moments): Promise<readonly StartFor[]> {
  const size = sizeOf(data.shape);
  const values = inUnits(sliceSamples(data, 0, Math.min(data.count, SCORE_IMAGES)));
  const denoiser = empiricalDenoiser(values, [size], { multiply: simdMultiply });
  const levels = [TOP, ...CANDIDATES].map(noisyLevel);
  const tested = values.subarray(0, TESTED * size);
  const tests = await affineScoreTest({ denoiser, moments: found, levels, data: tested });
  const out: StartFor[] = [];
  for (const [sampler, eta] of [
    ["DDIM", 0],
    ["DDPM", 1],
  ] as const)
    for (const steps of [3, 5, 10]) {
      const { chosen, at } = await chooseStart({
        moments: found,
        denoiser,
        process: CHAIN,
        grid: trailing(),
        solver: ddim({ eta }),
        steps,
        candidates: CANDIDATES.filter((timestep) => timestep >= steps),
        tests,
      });
      out.push({ sampler, steps, late: chosen.start === "late", timestep: at.timestep });
    }
  return out;
}
