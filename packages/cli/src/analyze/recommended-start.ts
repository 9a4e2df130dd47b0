import { pick, truncatedMoments } from "@symbreak/analysis";
import { dataOf, discreteSchedule, inUnits, type Moments, takeSamples } from "@symbreak/core";
import { chooseStart, type Denoiser, ddim } from "@symbreak/samplers";

/** The samplers of the paper's table: DDPM with few steps is DDIM with eta 1. */
const SAMPLERS = [
  { sampler: "DDIM", eta: 0 },
  { sampler: "DDPM", eta: 1 },
] as const;

/** The numbers of steps of the paper's table. */
const STEPS = [3, 5, 10] as const;

/** Where to start a sampler with so many steps. */
export interface RecommendedStart {
  readonly sampler: string;
  readonly steps: number;
  readonly start: "noise" | "late";
  /** Index on the linear schedule of 1000. */
  readonly ddpmIndex: number;
  /** The best Gaussian late start, whether or not it beats noise. */
  readonly lateIndex: number;
  readonly reason: string;
}

/** Images that make up the exact score of the test; it needs no more to tell a Gaussian from the data. */
export const SCORE_IMAGES = 2000;
const TESTED = 32;

/**
 * The start for each sampler and number of steps: the discretisation error, from the spectrum, against the
 * non-Gaussianity that the denoiser sees in `data`. With the exact score of the data themselves nothing is trained; a
 * trained network may differ.
 */
export async function recommendedStarts(
  denoiser: Denoiser,
  data: Float32Array,
  moments: Moments,
  onDone: (fraction: number) => void = () => {},
): Promise<RecommendedStart[]> {
  const { size } = moments;
  const chosen = pick(data.length / size, TESTED);
  const tested = inUnits(takeSamples(dataOf(data, [size]), chosen));
  const cells = SAMPLERS.flatMap((sampler) => STEPS.map((steps) => ({ ...sampler, steps })));
  const starts: RecommendedStart[] = [];
  for (const { sampler, eta, steps } of cells) {
    const { chosen, late, reason } = await chooseStart({
      moments: truncatedMoments(moments),
      denoiser,
      solver: ddim({ eta }),
      process: discreteSchedule(),
      steps,
      data: tested,
    });
    starts.push({
      sampler,
      steps,
      start: chosen.start,
      ddpmIndex: chosen.at.timestep,
      lateIndex: late.at.timestep,
      reason,
    });
    onDone(starts.length / cells.length);
    await new Promise(setImmediate);
  }
  return starts;
}
