import { type Data, type FrechetDistance, frechetDistance } from "@symbreak/analysis";
import { discreteSchedule, levelAt, type Moments, type Samples } from "@symbreak/core";
import type { LateStartCurveData, LateStartRow, Measured } from "@symbreak/figures";
import { type Denoiser, ddim, gaussianLateStart, sample } from "@symbreak/samplers";
import { type RecommendedStart, SAMPLERS, STEPS } from "../analyze/recommended-start.ts";

/** What is sampled, and how it is measured. */
export interface Comparison {
  readonly denoiser: Denoiser;
  readonly moments: Moments;
  /** Features of samples, and of the real images that they are compared with. */
  readonly features: (samples: Samples) => Data;
  readonly real: Data;
  /** The name of the features: "pca64". */
  readonly extractor: string;
  readonly seed: number;
}

/** One row of the table, with the samples behind it. */
export interface ComparedStarts extends LateStartRow {
  readonly bias: { readonly noise: number | null; readonly late: number | null };
  readonly samples: { readonly noise: Samples; readonly late: Samples };
}

/** Start indices of the curves. */
const CURVE = [300, 400, 500, 600, 700];

/** For each sampler and n: noise from its usual level against a Gaussian late start, at equal network calls. */
export async function compareStarts(
  comparison: Comparison,
  starts: readonly RecommendedStart[],
  count: number,
  onDone: (fraction: number) => void,
): Promise<ComparedStarts[]> {
  const total = starts.reduce((sum, { steps }) => sum + 2 * steps, 0);
  const rows: ComparedStarts[] = [];
  let done = 0;
  for (const { sampler, steps, lateIndex } of starts) {
    const noise = await run(comparison, sampler, steps, "noise", count);
    const late = await run(comparison, sampler, steps, lateIndex, count);
    rows.push({
      sampler,
      steps,
      nfe: noise.nfe,
      noise: { start: noise.from, ...measured(noise.distance) },
      late: { start: late.from, ...measured(late.distance) },
      bias: { noise: noise.distance.bias, late: late.distance.bias },
      samples: { noise: noise.samples, late: late.samples },
    });
    done += 2 * steps;
    onDone(done / total);
  }
  return rows;
}

/** The distance against the start, one curve a sampler; the noise starts are the table's first `count` samples. */
export async function startCurves(
  comparison: Comparison,
  rows: readonly ComparedStarts[],
  count: number,
  speciation: number,
  onDone: (fraction: number) => void,
): Promise<LateStartCurveData[]> {
  const total = rows.reduce((sum, { steps }) => sum + CURVE.length * steps, 0);
  const { moments, extractor } = comparison;
  const curves: LateStartCurveData[] = [];
  let done = 0;
  for (const { sampler } of SAMPLERS) {
    const series: LateStartCurveData["series"][number][] = [];
    for (const steps of STEPS) {
      const row = rows.find((other) => other.sampler === sampler && other.steps === steps);
      if (row === undefined) continue;
      const late: (Measured & { time: number })[] = [];
      for (const index of CURVE) {
        const { distance } = await run(comparison, sampler, steps, index, count);
        late.push({ time: ouTime(index), ...measured(distance) });
        done += steps;
        onDone(done / total);
      }
      const few = row.samples.noise.subarray(0, count * moments.size);
      const noise = { time: ouTime(row.noise.start), ...measured(distanceOf(comparison, few)) };
      series.push({ steps, late, noise });
    }
    curves.push({ metric: `FD-${extractor}`, sampler, series, speciation });
  }
  return curves;
}

/** The distance of other real images: what a perfect generator of as many samples would show. */
export function distanceOf(
  { features, real, extractor }: Comparison,
  samples: Samples,
): FrechetDistance {
  return frechetDistance(real, features(samples), { extractor });
}

interface Run {
  readonly samples: Samples;
  readonly nfe: number;
  readonly from: number;
  readonly distance: FrechetDistance;
}

async function run(
  comparison: Comparison,
  sampler: string,
  steps: number,
  at: number | "noise",
  count: number,
): Promise<Run> {
  const { denoiser, moments, seed } = comparison;
  const { samples, nfe, levels } = await sample({
    denoiser,
    solver: ddim,
    options: { eta: SAMPLERS.find((known) => known.sampler === sampler)!.eta },
    schedule: discreteSchedule(),
    steps,
    start: at === "noise" ? at : gaussianLateStart(moments, at),
    count,
    batch: 500,
    seed,
  });
  await new Promise(setImmediate);
  return { samples, nfe, from: levels[0]!.timestep, distance: distanceOf(comparison, samples) };
}

function measured({ value, low, high }: FrechetDistance): Measured {
  return { value, low: low ?? value, high: high ?? value };
}

function ouTime(index: number): number {
  return -Math.log(levelAt(discreteSchedule(), index).alpha);
}
