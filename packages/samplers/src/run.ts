import {
  checkUnits,
  type ForwardProcess,
  type Grid,
  invalid,
  type Noise,
  type NoiseLevel,
  philoxNoise,
} from "@symbreak/core";
import type { Condition } from "./condition.ts";
import type { Abort, Asked, Denoiser } from "./denoiser.ts";
import type { Guidance } from "./guidance/guidance.ts";
import { guidedSubject } from "./guidance/guided-subject.ts";
import type { Network } from "./network.ts";
import { sizeOf } from "./size-of.ts";
import type { Solver, Step, WalkOptions } from "./solver.ts";
import { noiseStart } from "./start/noise-start.ts";
import type { Draw, Start } from "./start/start.ts";
import { checkedSolver, levelOf, type Subject } from "./subject.ts";
import type { Threshold } from "./thresholding.ts";

/** Everything about a run: a network (or a denoiser and its process), a solver, a grid, a start, and numbers. */
export interface SampleOptions {
  /** Gives the denoiser, its process, and its own grid and threshold unless they are given here. */
  readonly network?: Network;
  readonly denoiser?: Denoiser;
  /** The forward process of the denoiser; a grid of levels of one's own needs none. */
  readonly process?: ForwardProcess;
  /** A configured solver, such as `ddim({ eta: 1 })`. */
  readonly solver: Solver;
  /** How the steps are laid. Default: the network's, else `defaultGrid(process)`. */
  readonly grid?: Grid;
  /** Steps n; a grid that is a list has its own. */
  readonly steps?: number;
  /** Default `noiseStart()`, noise at the top of the grid; any other start at its own level. */
  readonly start?: Start;
  /** What the samples are conditioned on: classes dealt by their numbers. */
  readonly condition?: Condition;
  /** How the network is guided towards the condition. Default: not at all. */
  readonly guidance?: Guidance | null | undefined;
  /** A weaker network, such as an earlier snapshot, to be led away from in the place of the network without a class. */
  readonly weak?: Network | undefined;
  /** Applied to each estimate of the clean data. Default: the network's; null for none. */
  readonly threshold?: Threshold | null | undefined;
  /** The levels that the network was trained at, for solvers that visit others; see `WalkOptions`. */
  readonly table?: readonly NoiseLevel[] | undefined;
  /** Samples to make. Default 1. */
  readonly count?: number;
  /** Number of the first sample: a shard of a larger run. Default 0. */
  readonly first?: number;
  /** Seed of the Philox noise (default 0), the same for sample i in any batch. */
  readonly seed?: number | bigint;
  /** Instead of a seed; all samples then go in one batch. */
  readonly noise?: Noise;
  /** Samples in one network call. Default 64. */
  readonly batch?: number;
  /** Arithmetic of the state. Default "float32". */
  readonly precision?: "float32" | "float64";
  readonly signal?: Abort;
  readonly onStep?: (step: SampleStep) => void;
}

/** The keys of {@link SampleOptions}, for functions that take a run and more. */
export const SAMPLE_OPTIONS: readonly (keyof SampleOptions)[] = [
  "network",
  "denoiser",
  "process",
  "solver",
  "grid",
  "steps",
  "start",
  "condition",
  "guidance",
  "weak",
  "threshold",
  "table",
  "count",
  "first",
  "seed",
  "noise",
  "batch",
  "precision",
  "signal",
  "onStep",
];

/** A {@link Step} of one batch of a run. */
export interface SampleStep extends Step {
  /** Numbers of the samples in the batch: first, …, first + count − 1. */
  readonly first: number;
  readonly count: number;
  /** Steps that this batch will take. */
  readonly steps: number;
}

/** A checked run: what {@link walk} needs. */
export interface Run extends Subject {
  readonly given: SampleOptions;
  readonly solver: Solver;
  readonly start: Start;
  readonly draw: Draw;
  readonly levels: readonly NoiseLevel[];
  readonly size: number;
  readonly count: number;
  readonly first: number;
  readonly batch: number;
  readonly Batch: Float32ArrayConstructor | Float64ArrayConstructor;
  readonly counted: { readonly denoiser: Denoiser; readonly evaluations: number };
}

/** Checks the settings of a run, keys apart, and finds its levels. */
export function plan(given: SampleOptions): Run {
  const { count = 1, first = 0, precision = "float32", noise } = given;
  const batch = noise === undefined ? (given.batch ?? 64) : count;
  for (const [name, value, least] of [
    ["count", count, 1],
    ["first", first, 0],
    ["batch", batch, 1],
  ] as const)
    if (!Number.isInteger(value) || value < least)
      throw invalid("sample", `${name} must be an integer, at least ${least}`, value);
  if (noise !== undefined && typeof noise !== "function")
    throw invalid("sample", "noise must be a function, such as torchNoise(0)", noise);
  if (noise !== undefined && given.seed !== undefined)
    throw invalid("sample", "seed and noise must not both be given", given.seed);
  if (precision !== "float32" && precision !== "float64")
    throw invalid("sample", 'precision must be "float32" or "float64"', precision);
  const solver = checkedSolver("sample", given.solver);
  const subject = guidedSubject("sample", given);
  const { start = noiseStart() } = given;
  if (typeof start?.begin !== "function")
    throw invalid(
      "sample",
      "start must be a start, such as gaussianLateStart(moments, 400)",
      start,
    );
  checkCondition(given);
  checkUnits("sample", "the start's moments", start.units, given.network?.units);
  const size = sizeOf(subject.denoiser.shape);
  const from = start.at === undefined ? undefined : levelOf("sample", start.at, subject.process);
  const levels = subject.grid.levels(subject.process, given.steps, from);
  return {
    ...subject,
    given,
    solver,
    start,
    draw: start.begin(levels[0]!, size),
    levels,
    size,
    count,
    first,
    batch,
    Batch: precision === "float32" ? Float32Array : Float64Array,
    counted: counting(subject.denoiser, size),
  };
}

/** Classes must be the network's, and a network without label dropout must be told one. */
function checkCondition({ network, condition }: SampleOptions): void {
  if (
    condition !== undefined &&
    !(Array.isArray(condition?.classes) && condition.classes.length > 0)
  )
    throw invalid("sample", "condition.classes must be a list of classes", condition);
  if (network === undefined) return;
  const { classes, name } = network;
  if (classes === undefined) {
    if (condition !== undefined)
      throw invalid(
        "sample",
        `${name} knows no classes, so that condition must not be given`,
        condition,
      );
    return;
  }
  const asked = condition?.classes ?? [null];
  for (const label of asked)
    if (
      label === null
        ? !classes.unconditional
        : !(Number.isInteger(label) && label >= 0 && label < classes.count)
    )
      throw invalid(
        "sample",
        `condition.classes must lie in [0, ${classes.count - 1}]${classes.unconditional ? " or be null" : ` (${name} must be told a class)`}`,
        label,
      );
}

/** Walks the batches of a run, one after the other. */
export async function* walk(run: Run): AsyncGenerator<SampleStep, void, undefined> {
  const { given, levels, size, counted } = run;
  for (let done = 0; done < run.count; done += run.batch) {
    const first = run.first + done;
    const count = Math.min(run.batch, run.count - done);
    const samples = Float64Array.from({ length: count }, (_, i) => first + i);
    const noise = given.noise ?? philoxNoise(given.seed ?? 0, samples);
    const drawn = run.draw(count, noise, first);
    if (drawn.length !== count * size)
      throw invalid("sample", `start must draw samples of ${size} values`, drawn.length / count);
    const options = walkOptions(run, samples, noise);
    const steps = run.solver.walk(counted.denoiser, run.Batch.from(drawn), levels, options);
    for await (const step of steps) yield { ...step, first, count, steps: levels.length - 1 };
  }
}

/** What a run says to its solver about these samples. */
export function walkOptions(run: Run, samples: ArrayLike<number>, noise: Noise): WalkOptions {
  const { given, threshold, process } = run;
  const { condition, table, signal } = given;
  return { noise, samples, condition, threshold, process, table, signal };
}

/** The denoiser, counting the network calls that it makes for each sample. */
export function counting(
  denoiser: Denoiser,
  size: number,
): { readonly denoiser: Denoiser; readonly evaluations: number } {
  const counter = {
    evaluations: 0,
    denoiser: {
      shape: denoiser.shape,
      predicts: denoiser.predicts,
      variance: denoiser.variance,
      calls: (level: NoiseLevel) => denoiser.calls?.(level) ?? 1,
      predict(x: Float32Array | Float64Array, level: NoiseLevel, asked?: Asked) {
        counter.evaluations += (x.length / size) * (denoiser.calls?.(level) ?? 1);
        return denoiser.predict(x, level, asked);
      },
    },
  };
  return counter;
}
