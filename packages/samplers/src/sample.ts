import type { NoiseLevel, Samples } from "@symbreak/core";
import { plan, type SampleOptions, type SampleStep, walk } from "./run.ts";
import type { SolverOptions } from "./solver.ts";

/** What {@link sample} returns. */
export interface SampleResult {
  /** count × size. */
  readonly samples: Samples;
  /** Network evaluations a sample; of an adaptive solver the mean. */
  readonly nfe: number;
  readonly levels: readonly NoiseLevel[];
  readonly protocol: SampleProtocol;
}

/** How samples came about, as plain JSON. */
export interface SampleProtocol {
  readonly solver: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly start: { readonly name: string; readonly level: NoiseLevel };
  readonly steps: number;
  readonly nfe: number;
  readonly count: number;
  readonly first: number;
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
 *   denoiser, solver: ddim, schedule: discreteSchedule(), steps: 5,
 *   start: gaussianLateStart(moments, 500), count: 16, seed: 1,
 * });
 */
export async function sample<Options extends SolverOptions>(
  options: SampleOptions<Options>,
): Promise<SampleResult> {
  const run = plan(options);
  const { count, size, levels } = run;
  const samples = new run.Batch(count * size);
  for await (const step of walk(run)) {
    options.onStep?.(step);
    samples.set(step.x, (step.first - run.first) * size);
  }
  const nfe = run.counted.evaluations / count;
  const settings = Object.entries(options.options ?? {}).map(([key, value]) => [
    key,
    typeof value === "function" ? value.name || "function" : value,
  ]);
  const protocol = {
    solver: options.solver.name,
    options: Object.fromEntries(settings),
    start: { name: run.start.name, level: run.start.level },
    steps: levels.length - 1,
    nfe,
    count,
    first: run.first,
    seed: options.noise === undefined ? String(options.seed ?? 0) : null,
    shape: options.denoiser.shape,
    precision: options.precision ?? "float32",
  };
  return { samples, nfe, levels, protocol };
}

/** {@link sample}, step by step: `for await (const { x, first, level } of sampleSteps(options)) …`, batch after batch. */
export function sampleSteps<Options extends SolverOptions>(
  options: SampleOptions<Options>,
): AsyncGenerator<SampleStep, void, undefined> {
  return walk(plan(options));
}
