import { type Data, discreteSchedule, inUnits, takeSamples } from "@symbreak/core";
import { chooseStart, type Denoiser, ddim, type Solver } from "@symbreak/samplers";
import type { DataMoments } from "../moments/moments.ts";
import { truncatedMoments } from "../moments/truncated-moments.ts";
import { pick } from "./pick.ts";

/** Where to start a solver with so many steps. */
export interface RecommendedStart {
  /** "DDIM" or "DDPM", the samplers of the paper's table. */
  readonly sampler: string;
  readonly steps: number;
  readonly start: "noise" | "late";
  /** Index on the chain. */
  readonly ddpmIndex: number;
  /** The best Gaussian late start, whether or not it beats noise. */
  readonly lateIndex: number;
  readonly reason: string;
}

/** The samplers of the paper's table (DDPM with few steps is DDIM with eta 1), and its numbers of steps. */
const SAMPLERS: readonly { readonly sampler: string; readonly solver: Solver }[] = [
  { sampler: "DDIM", solver: ddim() },
  { sampler: "DDPM", solver: ddim({ eta: 1 }) },
];
const STEPS = [3, 5, 10] as const;
const TESTED = 32;

/**
 * The start for each solver and number of steps: the discretisation error, from the spectrum, against the non-Gaussianity that a
 * denoiser sees in the data. With the exact score of the data themselves nothing is trained; a trained network may differ.
 */
export async function recommendedStarts(
  denoiser: Denoiser,
  data: Data,
  moments: DataMoments,
  onDone: (fraction: number) => void = () => {},
): Promise<RecommendedStart[]> {
  const tested = inUnits(takeSamples(data, pick(data.count, TESTED)));
  const runs = SAMPLERS.flatMap((one) => STEPS.map((steps) => ({ ...one, steps })));
  const starts: RecommendedStart[] = [];
  for (const { sampler, solver, steps } of runs) {
    const { chosen, late, reason } = await chooseStart({
      ...{ denoiser, solver, steps, data: tested },
      moments: truncatedMoments(moments),
      process: discreteSchedule(),
    });
    starts.push({
      ...{ sampler, steps, start: chosen.start },
      ddpmIndex: chosen.at.timestep,
      lateIndex: late.at.timestep,
      reason,
    });
    onDone(starts.length / runs.length);
  }
  return starts;
}
