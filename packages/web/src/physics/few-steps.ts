import { slicedWasserstein } from "@symbreak/analysis";
import {
  exponential,
  type GaussianMixture,
  type Grid,
  karras,
  leading,
  linspaced,
  type NoiseLevel,
  philoxNoise,
  type Samples,
  timestepList,
  trailing,
} from "@symbreak/core";
import {
  chooseStart,
  ddim,
  ddpm,
  deis,
  dpmMultistep,
  euler,
  exactDenoiser,
  gaussianLateStart,
  heun,
  ipndm,
  lms,
  noiseStart,
  pndm,
  type Solver,
  sampleSteps,
  uniPc,
} from "@symbreak/samplers";
import { CHAIN, noisyLevel } from "./chain.ts";
import type { Walk } from "./walks.ts";

/** The solvers of the page by name. */
export const SOLVERS = {
  ddim: ddim,
  ddpm: ddpm,
  pndm: pndm,
  "dpm++": dpmMultistep,
  unipc: uniPc,
  deis: deis,
  ipndm: ipndm,
  lms: lms,
  euler: euler,
  heun: heun,
} as const satisfies Record<string, Solver<never>>;

export type SolverName = keyof typeof SOLVERS;

/** The grids of the page by name; "own" is a list of timesteps. */
export const GRIDS = {
  trailing: trailing(),
  leading: leading(),
  linspace: linspaced(),
  karras: karras(),
  "log SNR": exponential(),
} as const satisfies Record<string, Grid>;

export type GridName = keyof typeof GRIDS | "own";

/** How both columns are run. */
export interface FewSteps {
  readonly solver: SolverName;
  readonly grid: GridName;
  readonly steps: number;
  /** Timesteps of the grid "own", descending from the top. */
  readonly own: readonly number[];
  readonly count: number;
  readonly seed: number;
}

/** The levels of a run from the top, or from a late start's timestep; always `steps` steps, so that calls are equal. */
export function levelsOf({ grid, steps, own }: FewSteps, from?: number): readonly NoiseLevel[] {
  const start = from === undefined ? undefined : noisyLevel(from);
  if (grid !== "own") return GRIDS[grid].levels(CHAIN, steps, start);
  const scale = from === undefined ? 1 : from / own[0]!;
  const list = own.map((timestep, i) =>
    i === 0 && from !== undefined ? from : Math.floor(scale * timestep),
  );
  return timestepList(list).levels(CHAIN, own.length);
}

/** A run from noise, or from the Gaussian late start at a timestep: the same solver, steps and seeds. */
export async function run(law: GaussianMixture, settings: FewSteps, from?: number): Promise<Walk> {
  const levels = levelsOf(settings, from);
  const { count, seed } = settings;
  const { size } = law;
  const top = levels[0]!;
  const start = from === undefined ? noiseStart(top, size) : gaussianLateStart(law.moments(), top);
  const states: Samples[] = [start.draw(count, philoxNoise(seed), 0)];
  let nfe = 0;
  const solver = SOLVERS[settings.solver] as Solver;
  const given = { denoiser: exactDenoiser(law), solver, levels, start, count, seed, batch: count };
  for await (const step of sampleSteps({ ...given, precision: "float64" })) {
    states.push(step.x);
    nfe = step.nfe;
  }
  return { levels, states, nfe };
}

/** Exact samples to measure from, of another seed than any run's. */
export function exactSamples(law: GaussianMixture, count: number): Float64Array {
  return law.sample(count, philoxNoise(2 ** 40));
}

/** Sliced Wasserstein distance of the ends of a run from exact samples. */
export function distanceFrom(exact: Samples, walk: Walk): number {
  return slicedWasserstein(walk.states.at(-1)!, exact, 2);
}

/** The start that `chooseStart` would take for these steps, from the law's moments and the affine-score test alone. */
export async function automaticStart(
  law: GaussianMixture,
  settings: FewSteps,
): Promise<{ readonly late: boolean; readonly at: number; readonly reason: string }> {
  const grid = settings.grid === "own" ? trailing() : GRIDS[settings.grid];
  const solver = SOLVERS[settings.solver] as Solver;
  const { chosen, at, reason } = await chooseStart({
    moments: law.moments(),
    denoiser: exactDenoiser(law),
    solver,
    levels: (steps: number, from: NoiseLevel | undefined) => grid.levels(CHAIN, steps, from),
    candidates: [950, 850, 750, 650, 550, 500, 450, 400, 350, 300, 250, 200, 150, 100].map(
      noisyLevel,
    ),
    steps: settings.steps,
    data: exactSamples(law, 64),
  });
  return { late: chosen.start === "gaussian", at: at.timestep, reason };
}
