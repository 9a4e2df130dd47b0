import { slicedWasserstein } from "@symbreak/analysis";
import {
  exponential,
  type GaussianMixture,
  type Grid,
  karras,
  leading,
  linspaced,
  philoxNoise,
  type Samples,
  timestepList,
  trailing,
} from "@symbreak/core";
import {
  chooseStart,
  exactDenoiser,
  gaussianLateStart,
  noiseStart,
  SOLVERS,
  type Start,
  solverOf,
} from "@symbreak/samplers";
import { CHAIN, noisyLevel } from "./chain.ts";
import { record, type Walk } from "./walks.ts";

/** The package's solvers whose calls are known beforehand, by their names in its table, with their titles. */
export const STEPPED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SOLVERS)
    .filter(([name]) => solverOf({ name }).calls(5) !== undefined)
    .map(([name, { title }]) => [name, title]),
);

/** The grids of the page by name; "own" is a list of timesteps. */
export const PRESET_GRIDS = {
  trailing: trailing(),
  leading: leading(),
  linspace: linspaced(),
  karras: karras(),
  exponential: exponential(),
} as const satisfies Record<string, Grid>;

export type GridName = keyof typeof PRESET_GRIDS | "own";

/** How both columns are run. */
export interface FewSteps {
  /** In the package's table. */
  readonly solver: string;
  readonly grid: GridName;
  readonly steps: number;
  /** Timesteps of the grid "own", descending from the top. */
  readonly own: readonly number[];
  readonly count: number;
  readonly seed: number;
}

/** The grid of a run; one of one's own shrinks to where a late start begins, so that both sides make as many calls. */
function gridOf({ grid, own }: FewSteps, from?: number): Grid {
  if (grid !== "own") return PRESET_GRIDS[grid];
  if (from === undefined) return timestepList(own);
  const scale = from / own[0]!;
  return timestepList(own.map((timestep, i) => (i === 0 ? from : Math.floor(scale * timestep))));
}

/** The levels of a run from the top, or from a late start's timestep. */
export function levelsOf(settings: FewSteps, from?: number) {
  const steps = settings.grid === "own" ? settings.own.length : settings.steps;
  return gridOf(settings, from).levels(
    CHAIN,
    steps,
    from === undefined ? undefined : noisyLevel(from),
  );
}

/** A run from noise, or from the Gaussian late start at a timestep: the same solver, steps and seeds. */
export function run(law: GaussianMixture, settings: FewSteps, from?: number): Promise<Walk> {
  const { solver, own, count, seed } = settings;
  const start: Start =
    from === undefined ? noiseStart() : gaussianLateStart(law.moments(), noisyLevel(from));
  return record({
    denoiser: exactDenoiser(law),
    process: CHAIN,
    solver: solverOf({ name: solver }),
    grid: gridOf(settings, from),
    steps: settings.grid === "own" ? own.length : settings.steps,
    start,
    count,
    seed,
    precision: "float64",
  });
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
  const { chosen, at, reason } = await chooseStart({
    moments: law.moments(),
    denoiser: exactDenoiser(law),
    process: CHAIN,
    grid: settings.grid === "own" ? trailing() : PRESET_GRIDS[settings.grid],
    solver: solverOf({ name: settings.solver }),
    candidates: CANDIDATES,
    steps: settings.steps,
    data: exactSamples(law, 64),
  });
  return { late: chosen.start === "late", at: at.timestep, reason };
}

/** Timesteps at which a late start is considered. */
const CANDIDATES = [950, 850, 750, 650, 550, 500, 450, 400, 350, 300, 250, 200, 150, 100];
