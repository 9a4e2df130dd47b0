import { invalid, type Noise, type NoiseLevel, philoxNoise } from "@symbreak/core";
import type { Abort, Denoiser } from "./denoiser.ts";
import { type Grid, gridLevels } from "./grid.ts";
import { sizeOf } from "./size-of.ts";
import type { Solver, SolverOptions, Step } from "./solver.ts";
import { noiseStart } from "./start/noise-start.ts";
import type { ScheduledStart, Start } from "./start/start.ts";

/** Everything about a run: a denoiser, a solver, a {@link Grid} of levels, a start, and numbers. */
export type SampleOptions<Options extends SolverOptions = SolverOptions> = Grid & {
  readonly denoiser: Denoiser;
  readonly solver: Solver<Options>;
  /** The solver's own settings, such as `{ eta: 1 }`. */
  readonly options?: Omit<Options, "noise" | "signal">;
  /** Steps n; a list of levels has its own. */
  readonly steps?: number;
  /** "noise" (default) starts at the top of the grid; any other start at its own level. */
  readonly start?: "noise" | Start | ScheduledStart;
  /** Samples to make. Default 1. */
  readonly count?: number;
  /** Number of the first sample: a shard of a larger run. Default 0. */
  readonly first?: number;
  /** Of Philox noise, the same for sample i in any batch. Default 0. */
  readonly seed?: number | bigint;
  /** Instead of a seed; all samples then go in one batch. */
  readonly noise?: Noise;
  /** Samples in one network call. Default 64. */
  readonly batch?: number;
  /** Arithmetic of the state. Default "float32". */
  readonly precision?: "float32" | "float64";
  readonly signal?: Abort;
  readonly onStep?: (step: SampleStep) => void;
};

/** A {@link Step} of one batch of a run. */
export interface SampleStep extends Step {
  /** Numbers of the samples in the batch: first, …, first + count − 1. */
  readonly first: number;
  readonly count: number;
  /** Steps that this batch will take. */
  readonly steps: number;
}

/** A checked run: what {@link walk} needs. */
export interface Run<Options extends SolverOptions> {
  readonly given: SampleOptions<Options>;
  readonly start: Start;
  readonly levels: readonly NoiseLevel[];
  readonly size: number;
  readonly count: number;
  readonly first: number;
  readonly batch: number;
  readonly Batch: Float32ArrayConstructor | Float64ArrayConstructor;
  readonly counted: { readonly denoiser: Denoiser; readonly evaluations: number };
}

/** Checks the settings of a run and finds its levels. */
export function plan<Options extends SolverOptions>(given: SampleOptions<Options>): Run<Options> {
  const { count = 1, first = 0, precision = "float32", noise, denoiser } = given;
  const batch = noise === undefined ? (given.batch ?? 64) : count;
  for (const [name, value, least] of [
    ["count", count, 1],
    ["first", first, 0],
    ["batch", batch, 1],
  ] as const)
    if (!Number.isInteger(value) || value < least)
      throw invalid("sample", `${name} must be an integer, at least ${least}`, value);
  if (noise !== undefined && given.seed !== undefined)
    throw invalid("sample", "seed and noise must not both be given", given.seed);
  if (precision !== "float32" && precision !== "float64")
    throw invalid("sample", 'precision must be "float32" or "float64"', precision);
  const size = sizeOf(denoiser.shape);
  const { start = "noise" } = given;
  const own =
    start === "noise" ? undefined : typeof start === "function" ? placed(start, given) : start;
  const levels = gridLevels(given, given.steps, own?.level);
  return {
    given,
    start: own ?? noiseStart(levels[0]!, size),
    levels,
    size,
    count,
    first,
    batch,
    Batch: precision === "float32" ? Float32Array : Float64Array,
    counted: counting(denoiser, size),
  };
}

function placed(start: ScheduledStart, grid: Grid): Start {
  if ("schedule" in grid) return start(grid.schedule);
  throw invalid(
    "sample",
    "a start at a timestep needs a schedule; give it a NoiseLevel",
    Object.keys(grid),
  );
}

/** Walks the batches of a run, one after the other. */
export async function* walk<Options extends SolverOptions>(
  run: Run<Options>,
): AsyncGenerator<SampleStep, void, undefined> {
  const { given, start, levels, size, counted } = run;
  for (let done = 0; done < run.count; done += run.batch) {
    const first = run.first + done;
    const count = Math.min(run.batch, run.count - done);
    const indices = Float64Array.from({ length: count }, (_, i) => first + i);
    const noise = given.noise ?? philoxNoise(given.seed ?? 0, indices);
    const drawn = start.draw(count, noise, first);
    if (drawn.length !== count * size)
      throw invalid("sample", `start must draw samples of ${size} values`, drawn.length / count);
    const { signal } = given;
    const options = { ...given.options, noise, ...(signal === undefined ? {} : { signal }) };
    const steps = given.solver(counted.denoiser, run.Batch.from(drawn), levels, options as Options);
    for await (const step of steps) yield { ...step, first, count, steps: levels.length - 1 };
  }
}

/** The denoiser, counting the samples that it is asked about. */
function counting(denoiser: Denoiser, size: number): { denoiser: Denoiser; evaluations: number } {
  const { shape, predicts, variance } = denoiser;
  const counter = {
    evaluations: 0,
    denoiser: {
      shape,
      predicts,
      ...(variance === undefined ? {} : { variance }),
      predict(...[x, ...rest]: Parameters<Denoiser["predict"]>) {
        counter.evaluations += x.length / size;
        return denoiser.predict(x, ...rest);
      },
    },
  };
  return counter;
}
