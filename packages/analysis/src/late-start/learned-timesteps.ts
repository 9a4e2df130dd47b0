import { checkKeys, invalid, type Moments, timestepList } from "@symbreak/core";
import {
  dpmMultistep,
  gaussianLateStart,
  type Network,
  type Solver,
  sample,
} from "@symbreak/samplers";

/** Whose steps are learned, and how. */
export interface LearnedTimestepsOptions {
  readonly network: Network;
  /** Of its data, in its units. */
  readonly moments: Moments;
  readonly solver: Solver;
  /** The timesteps to begin the search with; their number stays. The first is the Gaussian late start. */
  readonly from: readonly number[];
  /** The late start and the steps of the teacher, DPM-Solver++ 2M. Default 650 and 50. */
  readonly teacher?: { readonly start: number; readonly steps: number } | undefined;
  /** Walks that are compared. Default 64. */
  readonly count?: number | undefined;
  readonly seed?: number | undefined;
}

/** Timesteps that were found, and how near they come. */
export interface LearnedTimesteps {
  readonly timesteps: readonly number[];
  /** Root of the mean squared difference of the ends from the teacher's, in the network's units: before and after. */
  readonly before: number;
  readonly after: number;
  /** Grids that were tried. */
  readonly tried: number;
}

/** The first and the last change of a timestep. */
const [WIDEST, FINEST] = [64, 4];

/**
 * A few timesteps, the late start's among them, moved so that a solver's walk ends as near as it can to where a teacher's long
 * walk ends. Starts of one seed lie on one trajectory at whatever level, so that the two are compared picture by picture.
 *
 * Each timestep in turn is moved by ± 64, 32, … 4 as long as the ends come nearer: a search of a few numbers, as in Watson
 * et al. 2021 and Sabour et al. 2024 (arXiv 2404.14507), without a gradient. `timestepList` makes a grid of them.
 */
export async function learnedTimesteps(
  options: LearnedTimestepsOptions,
): Promise<LearnedTimesteps> {
  checkKeys("learnedTimesteps", options, [
    ...["network", "moments", "solver", "from", "teacher", "count", "seed"],
  ]);
  const { network, moments, solver, from, count = 64, seed = 0 } = options;
  const { start, steps } = options.teacher ?? { start: 650, steps: 50 };
  const { process } = network;
  if (
    !(
      from.length >= 1 && from.every((t, i) => t > 0 && t < (i === 0 ? process.tMax : from[i - 1]!))
    )
  )
    throw invalid("learnedTimesteps", "from must be timesteps of the process, descending", from);
  const run = { network, count, seed, threshold: null, batch: count };
  const begin = (timestep: number) => gaussianLateStart(moments, process.level(timestep));
  const taught = await sample({ ...run, solver: dpmMultistep(), start: begin(start), steps });
  const errors = new Map<string, number>();
  const errorOf = async (timesteps: readonly number[]): Promise<number> => {
    const key = timesteps.join();
    const known = errors.get(key);
    if (known !== undefined) return known;
    const grid = timestepList(timesteps);
    const { samples } = await sample({ ...run, solver, grid, start: begin(timesteps[0]!) });
    const squares = Float64Array.from(samples, (x, i) => (x - taught.samples[i]!) ** 2);
    const sum = squares.reduce((a, b) => a + b);
    const error = Math.sqrt(sum / samples.length);
    errors.set(key, error);
    return error;
  };
  const before = await errorOf(from);
  let [best, least] = [from, before];
  for (let width = WIDEST; width >= FINEST; width /= 2) {
    for (let moved = true; moved; ) {
      moved = false;
      for (let i = 0; i < best.length; i++)
        for (const change of [-width, width]) {
          const tried = best.map((t, j) => (j === i ? t + change : t));
          const [above, below] = [i === 0 ? process.tMax : tried[i - 1]!, tried[i + 1] ?? 0];
          if (!(tried[i]! < above && tried[i]! > below)) continue;
          const error = await errorOf(tried);
          if (error < least) [best, least, moved] = [tried, error, true];
        }
    }
  }
  return { timesteps: best, before, after: least, tried: errors.size };
}
