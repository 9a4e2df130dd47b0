import { evenLevels, informationGrid, lossCurve, slicedWasserstein } from "@symbreak/analysis";
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
  processPath,
  SOLVERS,
  type Start,
  solverOf,
} from "@symbreak/samplers";
import { breathing } from "./breathing.ts";
import { CHAIN, noisyLevel, TOP } from "./chain.ts";
import { record, type Walk } from "./walks.ts";

/** The package's solvers of denoisers whose calls are known beforehand, by their names in its table, with their titles. */
export const STEPPED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SOLVERS)
    .filter(([name, { distilled }]) => !distilled && solverOf({ name }).calls(5) !== undefined)
    .map(([name, { title }]) => [name, title]),
);

/** The grids of the page by name. "information" needs the law, and "own" is a list of timesteps. */
const PRESETS = {
  trailing: trailing(),
  leading: leading(),
  linspace: linspaced(),
  karras: karras(),
  exponential: exponential(),
} as const satisfies Record<string, Grid>;

export const GRID_NAMES = [
  ...(Object.keys(PRESETS) as (keyof typeof PRESETS)[]),
  "information",
  "own",
] as const;

type GridName = (typeof GRID_NAMES)[number];

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
async function gridOf(law: GaussianMixture, { grid, own }: FewSteps, from?: number): Promise<Grid> {
  if (grid === "information") return informationOf(law);
  if (grid !== "own") return PRESETS[grid];
  if (from === undefined) return timestepList(own);
  const scale = from / own[0]!;
  return timestepList(own.map((timestep, i) => (i === 0 ? from : Math.floor(scale * timestep))));
}

/** Points and levels of the loss curve that a grid by information is laid by. */
const [CURVE_POINTS, CURVE_LEVELS] = [128, 30];

const informed = new WeakMap<GaussianMixture, Promise<Grid>>();

/** Steps of equal information, by the loss curve of the law's exact denoiser; found once for each law. */
function informationOf(law: GaussianMixture): Promise<Grid> {
  let grid = informed.get(law);
  if (grid === undefined) {
    const levels = evenLevels(processPath(CHAIN), noisyLevel(TOP), noisyLevel(0), CURVE_LEVELS);
    const data = exactSamples(law, CURVE_POINTS);
    grid = lossCurve({ denoiser: exactDenoiser(law), data, levels }).then((curve) =>
      informationGrid(curve),
    );
    informed.set(law, grid);
  }
  return grid;
}

/** A run from noise, or from the Gaussian late start at a timestep: the same solver, steps and seeds. */
export async function run(
  law: GaussianMixture,
  settings: FewSteps,
  from?: number,
  signal?: AbortSignal,
): Promise<Walk> {
  const { solver, own, count, seed } = settings;
  const start: Start =
    from === undefined ? noiseStart() : gaussianLateStart(law.moments(), noisyLevel(from));
  return record({
    denoiser: exactDenoiser(law),
    process: CHAIN,
    solver: solverOf({ name: solver }),
    grid: await gridOf(law, settings, from),
    steps: settings.grid === "own" ? own.length : settings.steps,
    start,
    count,
    seed,
    precision: "float64",
    ...(signal && { signal }),
  });
}

/** Exact samples to measure from, of another seed than any run's. */
export function exactSamples(law: GaussianMixture, count: number): Float64Array {
  return law.sample(count, philoxNoise(2 ** 40));
}

/** What two sets of exact samples of this size are apart: nothing can be told below it. */
export function distanceFloor(law: GaussianMixture, count: number): number {
  return slicedWasserstein(law.sample(count, philoxNoise(2 ** 41)), exactSamples(law, count), 2);
}

/** A run, and how far it ended from the data. Plain data. */
export interface Column {
  readonly walk: Walk;
  readonly distance: number;
}

/** {@link run}, with the distance of its end. */
export async function column(
  law: GaussianMixture,
  settings: FewSteps,
  from?: number,
  signal?: AbortSignal,
): Promise<Column> {
  const walk = await run(law, settings, from, signal);
  return { walk, distance: distanceFrom(exactSamples(law, settings.count), walk) };
}

/** The distance of a late start against where it starts, told point by point. */
export async function distances(
  law: GaussianMixture,
  settings: FewSteps,
  onPoint: (point: { readonly at: number; readonly distance: number }) => void,
  signal: AbortSignal,
): Promise<void> {
  const rest = breathing();
  for (let at = 950; at >= Math.max(25, settings.steps); at -= at > 600 ? 50 : 25) {
    const { distance } = await column(law, settings, at, signal);
    signal.throwIfAborted();
    onPoint({ at, distance });
    await rest();
  }
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
    grid: settings.grid === "own" ? trailing() : await gridOf(law, settings),
    solver: solverOf({ name: settings.solver }),
    candidates: CANDIDATES,
    steps: settings.steps,
    data: exactSamples(law, 64),
  });
  return { late: chosen.start === "late", at: at.timestep, reason };
}

/** Timesteps at which a late start is considered. */
const CANDIDATES = [950, 850, 750, 650, 550, 500, 450, 400, 350, 300, 250, 200, 150, 100];
