import { type Cell, type MeasuredCell, sampleQuality } from "@symbreak/analysis";
import { dataOf, levelRule, toBytes } from "@symbreak/core";
import { gaussianLateStart, noiseStart, type SampleStep, sample } from "@symbreak/samplers";
import { levelAtTimestep } from "../sample/level-at-timestep.ts";
import { COMPARED, type ComparedName } from "./compared-solvers.ts";
import type { Setting } from "./setting.ts";

/** Which samples a cell draws, and how closely they are looked at. */
export interface Draw {
  readonly count: number;
  readonly first: number;
  readonly seed: number;
  readonly thorough: boolean;
  readonly onStep?: (step: SampleStep) => void;
}

/** Samples in one network call: enough to fill the cores, few enough to stay in their caches. */
export const BATCH = 64;

/** A cell's images as bytes, and the network calls that each took. */
export async function drawCell(
  setting: Setting,
  { solver, steps, start, timestep }: Cell,
  { count, first, seed, onStep }: Omit<Draw, "thorough">,
): Promise<{ readonly images: Uint8Array; readonly nfe: number }> {
  const { denoiser, levels, table, moments, set } = setting;
  const compared = COMPARED[solver as ComparedName];
  const level = levelAtTimestep(table, timestep);
  const { samples, nfe } = await sample({
    denoiser,
    solver: compared.solver,
    grid: levelRule(levels),
    table,
    steps,
    start: start === "late" ? gaussianLateStart(moments, level) : noiseStart(level),
    count,
    first,
    seed,
    batch: BATCH,
    ...(onStep && { onStep }),
  });
  return { images: toBytes(samples, set.shape, set.units), nfe };
}

/** How good the images of a cell are. */
export async function judgeCell(
  { extractor, reference, table, set }: Pick<Setting, "extractor" | "reference" | "table" | "set">,
  cell: Cell,
  { images, nfe }: { readonly images: Uint8Array; readonly nfe: number },
  { count, first, thorough }: Pick<Draw, "count" | "first" | "thorough">,
): Promise<MeasuredCell> {
  const quality = await sampleQuality(
    reference,
    await extractor.judge(dataOf(images, set.shape, set.units)),
    { thorough },
  );
  const ouTime = -Math.log(levelAtTimestep(table, cell.timestep).alpha);
  return { ...cell, ouTime, nfe, count, first, quality };
}

/** Samples a cell and judges what came. */
export async function measureCell(setting: Setting, cell: Cell, draw: Draw): Promise<MeasuredCell> {
  return judgeCell(setting, cell, await drawCell(setting, cell, draw), draw);
}
