import { allocate, invalid, type Noise, type NoiseLevel, type Samples } from "@symbreak/core";
import {
  type SampleOptions,
  type Solver,
  type SolverOptions,
  sampleSteps,
} from "@symbreak/samplers";
import { branchNoise, LARGEST } from "./branch-noise.ts";
import { nearestSteps } from "./nearest-steps.ts";

/**
 * A run as `sample` takes it (denoiser, solver, schedule, process or levels, steps, start, count, first, seed, batch), and
 * where its trajectories branch.
 */
export type CloneOptions<Options extends SolverOptions = SolverOptions> = SampleOptions<Options> & {
  /** Branches start at the levels of the run nearest to these; the start is one, clean data is none. */
  readonly ouTimes: readonly number[];
  /** Continuations of each trajectory at each time. Default 2. */
  readonly clones?: number;
  /** Called with the share of the work that is done, 0 … 1. */
  readonly onProgress?: (fraction: number) => void;
};

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
export async function* cloneBranches<Options extends SolverOptions>(
  options: CloneOptions<Options>,
): AsyncGenerator<CloneBranch, void, undefined> {
  const { count = 1, first = 0, batch = 64, clones = 2, seed = 0, solver, signal } = options;
  check(options, clones, first + count);
  let evaluations = 0;
  const denoiser = counting(options.denoiser, (n) => {
    evaluations += n;
  });
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
    const part = { ...options, denoiser, first: from, count: n, batch: n };
    const { states, walk } = await trunk(part, (walk) => work(n, walk));
    for (const [step, state] of states) {
      const levels = walk.levels.slice(step);
      const noise = branchNoise(seed, { first: from, count: n, clones, step });
      let stochastic = levels.length === 2; // a last step may be without noise
      const own: Noise = (...draw) => {
        stochastic = true;
        noise(...draw);
      };
      const settings = {
        ...options.options,
        noise: own,
        ...(signal === undefined ? {} : { signal }),
      };
      let samples = repeated(state, clones);
      for await (const { x } of solver(denoiser, samples, levels, settings as Options)) {
        samples = x;
        work(n * clones, walk);
      }
      if (!stochastic)
        throw invalid(
          "cloneBranches",
          "solver must draw noise, or all clones are one",
          solver.name,
        );
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
async function trunk<Options extends SolverOptions>(
  options: CloneOptions<Options>,
  onStep: (walk: Walk) => void,
): Promise<{ states: Map<number, Samples>; walk: Walk }> {
  const states = new Map<number, Samples>();
  let walk: Walk = { levels: [], chosen: new Set() };
  const remember: Solver<Options> = async function* (denoiser, x, levels, settings) {
    walk = { levels, chosen: nearestSteps("cloneBranches", levels, options.ouTimes) };
    if (walk.chosen.has(0)) states.set(0, x);
    for await (const step of options.solver(denoiser, x, levels, settings)) {
      if (walk.chosen.has(step.index)) states.set(step.index, step.x);
      onStep(walk);
      yield step;
    }
  };
  for await (const _ of sampleSteps({ ...options, solver: remember }));
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

function counting(
  denoiser: CloneOptions["denoiser"],
  count: (samples: number) => void,
): CloneOptions["denoiser"] {
  const size = denoiser.shape.reduce((product, side) => product * side, 1);
  return {
    ...denoiser,
    predict(x, level, options) {
      count(x.length / size);
      return denoiser.predict(x, level, options);
    },
  };
}

function repeated(state: Samples, times: number): Samples {
  const out = allocate(state, times * state.length);
  for (let k = 0; k < times; k++) out.set(state, k * state.length);
  return out;
}
