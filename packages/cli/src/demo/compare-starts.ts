import {
  type AutoStart,
  type Cell,
  type CompareSetting,
  drawCell,
  type Extractor,
  type MeasuredCell,
  type QualityReference,
  sampleQuality,
  usualTimestep,
} from "@symbreak/analysis";
import { bytesOf } from "@symbreak/core";
import {
  type LateStartCurveData,
  type LateStartRow,
  type Measured,
  measured,
} from "@symbreak/figures";
import { ddim, type Solver } from "@symbreak/samplers";

/** What the demo samples, and how it judges samples. */
export interface DemoSetting {
  readonly compared: CompareSetting;
  readonly extractor: Extractor;
  readonly reference: QualityReference;
}

/** One row of the table, with the images behind it. */
export interface ComparedStarts extends LateStartRow {
  readonly bias: { readonly noise: number | null; readonly late: number | null };
  readonly images: { readonly noise: Uint8Array; readonly late: Uint8Array };
}

/** The solvers of the demo: the paper's two that cost one network call a step. */
export const DEMO_SOLVERS: readonly Solver[] = [ddim(), ddim({ eta: 1 })];

/** The numbers of steps of the paper's table. */
export const DEMO_STEPS = [3, 5, 10] as const;

/** What the demo calls them: the paper's DDPM of few steps is DDIM with eta 1. */
export const NAMES: { readonly ddim: string; readonly "ddim:eta=1": string } = {
  ddim: "DDIM",
  "ddim:eta=1": "DDPM",
};

/** Start indices of the curves. */
const CURVE = [300, 400, 500, 600, 700];

/** Draws a cell and judges it, a scan's quick look. */
async function measureCell(
  { compared, extractor, reference }: DemoSetting,
  cell: Cell,
  draw: { readonly count: number; readonly seed: number },
): Promise<{
  readonly cell: Omit<MeasuredCell, "ouTime">;
  readonly images: Uint8Array;
  readonly time: number;
}> {
  const { samples, nfe, from } = await drawCell(compared, cell, { ...draw, first: 0 });
  const judged = await extractor.judge(samples);
  const quality = await sampleQuality(reference, judged, { thorough: false });
  return {
    cell: { ...cell, nfe, count: draw.count, first: 0, quality },
    images: bytesOf("ssb demo", samples),
    time: -Math.log(from.alpha),
  };
}

/**
 * For each solver and n: noise from its usual level against the chosen late start, at equal network calls. `onDone` hears
 * of each row when it is there.
 */
export async function compareStarts(
  setting: DemoSetting,
  autos: readonly AutoStart[],
  draw: { readonly count: number; readonly seed: number },
  onDone: (fraction: number, row?: ComparedStarts) => void,
): Promise<ComparedStarts[]> {
  const total = autos.reduce((sum, { steps }) => sum + 2 * steps, 0);
  let done = 0;
  const run = async (cell: Cell) => {
    const found = await measureCell(setting, cell, draw);
    done += cell.steps;
    return found;
  };
  const rows: ComparedStarts[] = [];
  for (const { solver, steps, lateTimestep } of autos) {
    const usual = usualTimestep(setting.compared, steps);
    const noise = await run({ solver, steps, start: "noise", timestep: usual });
    onDone(done / total);
    const late = await run({ solver, steps, start: "late", timestep: lateTimestep });
    const row: ComparedStarts = {
      sampler: NAMES[solver as keyof typeof NAMES],
      steps,
      nfe: late.cell.nfe,
      noise: { start: usual, ...measured(noise.cell.quality.frechet) },
      late: { start: lateTimestep, ...measured(late.cell.quality.frechet) },
      bias: { noise: noise.cell.quality.frechet.bias, late: late.cell.quality.frechet.bias },
      images: { noise: noise.images, late: late.images },
    };
    rows.push(row);
    onDone(done / total, row);
  }
  return rows;
}

/** DDIM's distance against the start, from fewer samples. */
export async function startCurve(
  setting: DemoSetting,
  draw: { readonly count: number; readonly seed: number },
  speciation: number | null,
  onDone: (fraction: number) => void,
): Promise<LateStartCurveData> {
  const total = DEMO_STEPS.reduce((sum, steps) => sum + (CURVE.length + 1) * steps, 0);
  const series: LateStartCurveData["series"][number][] = [];
  let done = 0;
  const point = async (cell: Cell) => {
    const found = await measureCell(setting, cell, draw);
    done += cell.steps;
    onDone(done / total);
    return { time: found.time, ...measured(found.cell.quality.frechet) };
  };
  for (const steps of DEMO_STEPS) {
    const run = { solver: "ddim", steps };
    const late: (Measured & { time: number })[] = [];
    for (const timestep of CURVE) late.push(await point({ ...run, start: "late", timestep }));
    const timestep = usualTimestep(setting.compared, steps);
    series.push({ steps, late, noise: await point({ ...run, start: "noise", timestep }) });
  }
  const metric = `FD-${setting.extractor.name}`;
  return { metric, sampler: NAMES.ddim, series, speciation };
}
