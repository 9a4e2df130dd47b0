import { allParts, type Team, together } from "@symbreak/core";
import type { Cell, MeasuredCell } from "../../late-start/cell.ts";
import {
  type LateStartGain,
  lateStartGain,
  wantedCells,
} from "../../late-start/late-start-gain.ts";
import type { AutoStart } from "./choose-starts.ts";
import type { CheckedEffort } from "./effort.ts";
import type { MeasureCells } from "./measure-cells.ts";
import { gridCells, type SolverRun, scanCells } from "./plan.ts";
import { type CompareSetting, usualTimestep } from "./setting.ts";

/** All that was measured of one solver at one number of steps. */
export interface CompareRow {
  readonly scan: readonly MeasuredCell[];
  readonly table: readonly MeasuredCell[];
  readonly paper: readonly MeasuredCell[];
  readonly gain: LateStartGain;
}

/** Chain grids that differ in their top alone: from a start below it they are one. */
const TOPS = ["leading", "trailing", "linspace"];

/** The grids, in one word each, that lay the steps below a start in their own way. */
export function gridsBelow({ grids }: Pick<CompareSetting, "grids">): string[] {
  return [...grids].filter(([, { name }]) => !TOPS.includes(name)).map(([word]) => word);
}

/** The cells of the second pass of a scan, where these starts were best in the first. */
export function secondPass(
  { network, grids }: CompareSetting,
  run: SolverRun,
  best: { readonly noise: number; readonly late: number },
): Cell[] {
  const tops = [...grids].map(([name, grid]) => ({
    name,
    takesStarts: !TOPS.includes(grid.name),
    top: grid.levels(network.process, run.steps)[0]!.timestep,
  }));
  return gridCells(network, run, tops, best);
}

/** Scans starts, then grids about the best of them, and measures the best again on samples that the scan has not seen. */
export async function compareRow(
  setting: CompareSetting,
  run: SolverRun,
  auto: AutoStart,
  { measure, team }: { readonly measure: MeasureCells; readonly team: Team | undefined },
  effort: Pick<CheckedEffort, "scan" | "samples" | "paper" | "seed">,
  floor: number | undefined,
): Promise<CompareRow> {
  const { scan: few, samples, paper, seed } = effort;
  const usual = usualTimestep(setting, run.steps);
  const draw = { count: few, first: 0, seed, thorough: false };
  // What follows hangs on the scan: whoever shares the row needs all of it.
  const scanned = (cells: readonly Cell[]) => measure(cells, draw, together(team));
  const starts = await scanned(scanCells(setting.network, [run], () => usual));
  const { tuned, late } = wantedCells(starts, run, undefined, usual);
  const best = { noise: tuned.timestep, late: late.timestep };
  const scan = [...starts, ...(await scanned(secondPass(setting, run, best)))];
  const wanted = wantedCells(scan, run, auto, usual);
  const cells = { ...wanted, teleport: { ...wanted.late, start: "teleport" as const } };
  const behind = { first: few, seed, thorough: true };
  const inRow = [cells.usual, cells.tuned, cells.late, cells.teleport, cells.auto!];
  const columns = paper > 0 ? distinctCells([cells.usual, cells.late]) : [];
  const [table, more] = await allParts([
    () => measure(distinctCells(inRow), { ...behind, count: samples }, team),
    () => measure(columns, { ...behind, count: paper }, team),
  ]);
  return { scan, table, paper: more, gain: lateStartGain(table, cells, floor) };
}

/** Each once, and nothing but the cell. */
export function distinctCells(cells: readonly Cell[]): Cell[] {
  const named = cells.map(({ solver, steps, grid, start, timestep }): [string, Cell] => {
    const cell = { solver, steps, ...(grid === undefined ? {} : { grid }), start, timestep };
    return [JSON.stringify(cell), cell];
  });
  return [...new Map(named).values()];
}
