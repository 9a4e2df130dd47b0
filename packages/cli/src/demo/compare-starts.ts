import type { Cell, MeasuredCell } from "@symbreak/analysis";
import { usualStart } from "@symbreak/analysis";
import type { LateStartCurveData, LateStartRow, Measured } from "@symbreak/figures";
import type { AutoStart } from "../compare/choose-starts.ts";
import type { ComparedName } from "../compare/compared-solvers.ts";
import { drawCell, judgeCell, measureCell } from "../compare/measure-cell.ts";
import { measured } from "../compare/measured.ts";
import type { Setting } from "../compare/setting.ts";

/** One row of the table, with the images behind it. */
export interface ComparedStarts extends LateStartRow {
  readonly bias: { readonly noise: number | null; readonly late: number | null };
  readonly images: { readonly noise: Uint8Array; readonly late: Uint8Array };
}

/** The solvers of the demo: the paper's two that cost one network call a step. */
export const DEMO_SOLVERS: readonly ComparedName[] = ["ddim", "ddpm"];

/** The numbers of steps of the paper's table. */
export const DEMO_STEPS = [3, 5, 10] as const;

/** What the demo calls them. */
export const NAMES: { readonly ddim: string; readonly ddpm: string } = {
  ddim: "DDIM",
  ddpm: "DDPM",
};

/** Start indices of the curves. */
const CURVE = [300, 400, 500, 600, 700];

/** For each solver and n: noise from its usual level against the chosen late start, at equal network calls. */
export async function compareStarts(
  setting: Setting,
  autos: readonly AutoStart[],
  { count, seed }: { readonly count: number; readonly seed: number },
  onDone: (fraction: number) => void,
): Promise<ComparedStarts[]> {
  const draw = { count, first: 0, seed, thorough: false };
  const total = autos.reduce((sum, { steps }) => sum + 2 * steps, 0);
  let done = 0;
  const run = async (cell: Cell) => {
    const drawn = await drawCell(setting, cell, draw);
    done += cell.steps;
    onDone(done / total);
    return { images: drawn.images, cell: await judgeCell(setting, cell, drawn, draw) };
  };
  const rows: ComparedStarts[] = [];
  for (const { solver, steps, lateTimestep } of autos) {
    const usual = usualStart(steps, setting.table.length);
    const noise = await run({ solver, steps, start: "noise", timestep: usual });
    const late = await run({ solver, steps, start: "late", timestep: lateTimestep });
    rows.push({
      sampler: NAMES[solver as keyof typeof NAMES],
      steps,
      nfe: late.cell.nfe,
      noise: { start: usual, ...measured(noise.cell.quality.frechet) },
      late: { start: lateTimestep, ...measured(late.cell.quality.frechet) },
      bias: { noise: noise.cell.quality.frechet.bias, late: late.cell.quality.frechet.bias },
      images: { noise: noise.images, late: late.images },
    });
  }
  return rows;
}

/** DDIM's distance against the start, from fewer samples. */
export async function startCurve(
  setting: Setting,
  { count, seed }: { readonly count: number; readonly seed: number },
  speciation: number | null,
  onDone: (fraction: number) => void,
): Promise<LateStartCurveData> {
  const draw = { count, first: 0, seed, thorough: false };
  const total = DEMO_STEPS.reduce((sum, steps) => sum + (CURVE.length + 1) * steps, 0);
  const series: LateStartCurveData["series"][number][] = [];
  let done = 0;
  const point = async (cell: Cell) => {
    const found: MeasuredCell = await measureCell(setting, cell, draw);
    done += cell.steps;
    onDone(done / total);
    return { time: found.ouTime, ...measured(found.quality.frechet) };
  };
  for (const steps of DEMO_STEPS) {
    const run = { solver: "ddim", steps };
    const late: (Measured & { time: number })[] = [];
    for (const timestep of CURVE) late.push(await point({ ...run, start: "late", timestep }));
    const timestep = usualStart(steps, setting.table.length);
    series.push({ steps, late, noise: await point({ ...run, start: "noise", timestep }) });
  }
  const metric = `FD-${setting.extractor.name}`;
  return { metric, sampler: NAMES.ddim, series, speciation };
}
