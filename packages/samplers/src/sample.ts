import { checkKeys, GRIDS, type NoiseLevel, type ProcessSpec, type Samples } from "@symbreak/core";
import type { Condition } from "./condition.ts";
import type { Guidance } from "./guidance/guidance.ts";
import type { Network } from "./network.ts";
import {
  plan,
  type Run,
  SAMPLE_OPTIONS,
  type SampleOptions,
  type SampleStep,
  walk,
} from "./run.ts";

/** What {@link sample} returns. */
export interface SampleResult {
  /** count × size. */
  readonly samples: Samples;
  /** Network calls a sample, a guided one counted twice; of an adaptive solver the mean. */
  readonly nfe: number;
  readonly levels: readonly NoiseLevel[];
  readonly protocol: SampleProtocol;
}

/** A configured value as plain JSON. */
export interface Configured {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** How samples came about, as plain JSON: `runOf(protocol, …)` is the same run again, bit for bit. */
export interface SampleProtocol {
  /** null where a bare denoiser was given. */
  readonly network: { readonly name: string; readonly digest: string | null } | null;
  readonly process: ProcessSpec | null;
  readonly solver: Configured;
  readonly grid: Configured;
  /** `top` where the level is simply the grid's first, not a place that the start asked for. */
  readonly start: { readonly name: string; readonly level: NoiseLevel; readonly top: boolean };
  readonly condition: Condition | null;
  readonly guidance: Guidance | null;
  /** The weaker network that was led away from. */
  readonly weak: { readonly name: string; readonly digest: string | null } | null;
  readonly threshold: Configured | null;
  /** Whether the training levels were given; they are too many to list. */
  readonly table: boolean;
  readonly steps: number;
  readonly nfe: number;
  readonly count: number;
  readonly first: number;
  /** Samples in one call, which matters to solvers that couple a batch. */
  readonly batch: number;
  /** Decimal; null when the noise was the caller's. */
  readonly seed: string | null;
  readonly shape: readonly number[];
  readonly precision: "float32" | "float64";
}

/**
 * Samples in one call: any solver, any grid, any start.
 *
 * A sample depends on its number and the seed alone, not on `batch`, `count` or the order of batches.
 *
 * @example
 * const { samples, nfe } = await sample({
 *   denoiser, process: discreteSchedule(), solver: ddim(), steps: 5,
 *   start: gaussianLateStart(moments, 500), count: 16, seed: 1,
 * });
 */
export async function sample(options: SampleOptions): Promise<SampleResult> {
  checkKeys("sample", options, SAMPLE_OPTIONS);
  const run = plan(options);
  const { count, size, levels } = run;
  const samples = new run.Batch(count * size);
  for await (const step of walk(run)) {
    options.onStep?.(step);
    samples.set(step.x, (step.first - run.first) * size);
  }
  const nfe = run.counted.evaluations / count;
  return { samples, nfe, levels, protocol: protocolOf(run, nfe) };
}

/** {@link sample}, step by step: `for await (const { x, first, level } of sampleSteps(options)) …`, batch after batch. */
export function sampleSteps(options: SampleOptions): AsyncGenerator<SampleStep, void, undefined> {
  checkKeys("sampleSteps", options, SAMPLE_OPTIONS);
  return walk(plan(options));
}

function protocolOf(run: Run, nfe: number): SampleProtocol {
  const { given, process, solver, grid, start, threshold, levels, count, first, batch } = run;
  const { network, condition, guidance, weak, table, noise, seed, precision = "float32" } = given;
  // What `gridOf` cannot make again is told by the levels that it laid.
  const laid = !Object.hasOwn(GRIDS, grid.name) ? { name: "levels", settings: { levels } } : grid;
  return {
    network: named(network),
    process: process?.spec ?? null,
    solver: configured(solver),
    grid: configured(laid),
    start: { name: start.name, level: levels[0]!, top: start.at === undefined },
    condition: condition ?? null,
    guidance: guidance ?? null,
    weak: named(weak),
    threshold: threshold === undefined ? null : configured(threshold),
    table: table !== undefined,
    steps: levels.length - 1,
    nfe,
    count,
    first,
    batch,
    seed: noise === undefined ? String(seed ?? 0) : null,
    shape: run.denoiser.shape,
    precision,
  };
}

function named(network: Network | undefined): SampleProtocol["network"] {
  return network === undefined ? null : { name: network.name, digest: network.digest };
}

function configured({ name, settings }: Configured): Configured {
  return { name, settings };
}
