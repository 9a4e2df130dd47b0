import { allocate, invalid, type Noise, type NoiseLevel, type Samples } from "@symbreak/core";
import {
  counting,
  plan,
  type Run,
  type SampleOptions,
  type Solver,
  walk as walkOf,
  walkOptions,
} from "@symbreak/samplers";
import { branchNoise, LARGEST } from "./branch-noise.ts";
import { nearestSteps } from "./nearest-steps.ts";

/**
 * A run as `sample` takes it (network or denoiser, solver, process, grid, steps, start, count, first, seed, batch), and
 * where its trajectories branch.
 */
export interface CloneOptions extends SampleOptions {
  /** Branches start at the levels of the run nearest to these; the start is one, clean data is none. */
  readonly ouTimes: readonly number[];
  /** Continuations of each trajectory at each time. Default 2. */
  readonly clones?: number;
  /** Called with the share of the work that is done, 0 … 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** The clones of one batch of trajectories at one time, run to their end. */
export interface CloneBranch {
  /** Numbers of the trajectories: first, …, first + count − 1. */
  readonly first: number;
  readonly count: number;
  /** Steps before the branch. */
  readonly step: number;
  readonly level: NoiseLevel;
  /** The trajectories there, count × size. */
  readonly state: Samples;
  /** clones × count × size: all first clones, then all second ones. */
  readonly samples: Samples;
  /** Network evaluations so far, of all trajectories. */
  readonly evaluations: number;
}

/**
 * Runs each trajectory once and branches it at each time from the state it had there, with independent noise a clone (the
 * cloning experiment of Biroli et al. 2024).
 *
 * Noise belongs to the trajectory: results do not depend on `batch`, on shards, or on which other times are asked for.
 * Multistep solvers start a branch without their history.
 */
export async function* cloneBranches(
  options: CloneOptions,
): AsyncGenerator<CloneBranch, void, undefined> {
  const { count = 1, first = 0, batch = 64, clones = 2, seed = 0, solver } = options;
  check(options, clones, first + count);
  const { denoiser, size } = plan(options);
  const counted = counting(denoiser, size);
  let worked = 0;
  const work = (rows: number, { levels, chosen }: Walk) => {
    worked += rows;
    const steps = levels.length - 1;
    const each = [...chosen].reduce((sum, step) => sum + clones * (steps - step), steps);
    options.onProgress?.(worked / (count * each));
  };
  for (let done = 0; done < count; done += batch) {
    const from = first + done;
    const n = Math.min(batch, count - done);
    const run = plan({ ...options, denoiser: counted.denoiser, first: from, count: n, batch: n });
    const numbers = Float64Array.from({ length: n * clones }, (_, row) => from + (row % n));
    const { states, walk } = await trunk(run, options.ouTimes, (walk) => work(n, walk));
    for (const [step, state] of states) {
      const levels = walk.levels.slice(step);
      const noise = branchNoise(seed, { first: from, count: n, clones, step });
      let stochastic = levels.length === 2; // a last step may be without noise
      const own: Noise = (...draw) => {
        stochastic = true;
        noise(...draw);
      };
      const settings = walkOptions(run, numbers, own);
      let samples = repeated(state, clones);
      for await (const { x } of solver.walk(counted.denoiser, samples, levels, settings)) {
        samples = x;
        work(n * clones, walk);
      }
      if (!stochastic)
        throw invalid(
          "cloneBranches",
          "solver must draw noise, or all clones are one",
          solver.name,
        );
      const { evaluations } = counted;
      yield { first: from, count: n, step, level: levels[0]!, state, samples, evaluations };
    }
  }
}

/** The levels that a run walks through, and the steps after which it branches. */
interface Walk {
  readonly levels: readonly NoiseLevel[];
  readonly chosen: ReadonlySet<number>;
}

/** Runs one batch of trajectories and keeps their states where they branch. */
async function trunk(
  run: Run,
  ouTimes: readonly number[],
  onStep: (walk: Walk) => void,
): Promise<{ states: Map<number, Samples>; walk: Walk }> {
  const states = new Map<number, Samples>();
  const { levels } = run;
  const walk: Walk = { levels, chosen: nearestSteps("cloneBranches", levels, ouTimes) };
  const remember: Solver = {
    ...run.solver,
    async *walk(denoiser, x, list, settings) {
      if (walk.chosen.has(0)) states.set(0, x);
      for await (const step of run.solver.walk(denoiser, x, list, settings)) {
        if (walk.chosen.has(step.index)) states.set(step.index, step.x);
        onStep(walk);
        yield step;
      }
    },
  };
  for await (const _ of walkOf({ ...run, solver: remember }));
  return { states, walk };
}

function check({ noise }: Pick<CloneOptions, "noise">, clones: number, end: number): void {
  const where = "cloneBranches";
  if (noise !== undefined)
    throw invalid(where, "noise must be left to the seed", noise.name || "a function");
  if (!Number.isInteger(clones) || clones < 2 || clones > LARGEST.clones)
    throw invalid(where, `clones must be an integer from 2 to ${LARGEST.clones}`, clones);
  if (!(end <= LARGEST.trajectories))
    throw invalid(where, `first + count must be at most ${LARGEST.trajectories}`, end);
}

function repeated(state: Samples, times: number): Samples {
  const out = allocate(state, times * state.length);
  for (let k = 0; k < times; k++) out.set(state, k * state.length);
  return out;
}
