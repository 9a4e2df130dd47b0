import { invalid } from "@symbreak/core";
import { type Cell, distance, type MeasuredCell, nearest, sameCell } from "./cell.ts";
import { usualStart } from "./start-grid.ts";

/** What late start brings to one solver at one number of steps, told in every way that is fair. */
export interface LateStartGain {
  readonly solver: string;
  readonly steps: number;
  readonly nfe: number;
  /** Noise where everybody starts. */
  readonly usual: MeasuredCell;
  /** Noise from the level that the scan liked best. */
  readonly tuned: MeasuredCell;
  /** The Gaussian from the level of the grid that the scan liked best. */
  readonly late: MeasuredCell;
  /** The Gaussian from the level that was chosen without sampling; absent when it was not asked for. */
  readonly auto?: MeasuredCell;
  /** Ratios of Fréchet distances: above 1 the late start is nearer to the data. */
  readonly ratio: Ratios;
  /**
   * The same after each distance's own bias, what so many samples of the data's own law would have, is taken off. Null
   * where that leaves nothing.
   */
  readonly unbiased: Ratios;
}

/** Distances over that of the best late start on the grid. */
export interface Ratios {
  readonly usual: number | null;
  readonly tuned: number | null;
  /** `auto` costs this factor over the best of the grid. */
  readonly auto?: number | null;
}

/** Which cells the table needs once a scan is done. */
export interface WantedCells {
  readonly usual: Cell;
  readonly tuned: Cell;
  readonly late: Cell;
  readonly auto?: Cell;
}

/**
 * The cells of one row of the table: chosen on the scan, to be measured on samples that the scan has not seen, so that
 * the choice does not flatter them.
 *
 * @param auto the chosen late start's index; where noise was chosen instead, the cell of that
 */
export function wantedCells(
  scan: readonly MeasuredCell[],
  { solver, steps }: Pick<Cell, "solver" | "steps">,
  auto?: Pick<Cell, "start" | "timestep">,
  trained: number = 1000,
): WantedCells {
  const own = scan.filter((cell) => cell.solver === solver && cell.steps === steps);
  const best = (start: Cell["start"]): Cell => {
    const found = nearest(own.filter((cell) => cell.start === start));
    if (found === undefined)
      throw invalid("wantedCells", `the scan must have ${start} starts`, `${solver} ${steps}`);
    return { solver, steps, start, timestep: found.timestep };
  };
  return {
    usual: { solver, steps, start: "noise", timestep: usualStart(steps, trained) },
    tuned: best("noise"),
    late: best("late"),
    ...(auto && { auto: { solver, steps, ...auto } }),
  };
}

/** The row of the table, from measured cells. */
export function lateStartGain(table: readonly MeasuredCell[], wanted: WantedCells): LateStartGain {
  const find = (cell: Cell): MeasuredCell => {
    const found = table.find((other) => sameCell(other, cell));
    if (found === undefined)
      throw invalid("lateStartGain", "every wanted cell must be measured", JSON.stringify(cell));
    return found;
  };
  const [usual, tuned, late] = [find(wanted.usual), find(wanted.tuned), find(wanted.late)];
  const auto = wanted.auto && find(wanted.auto);
  const ratios = (of: (cell: MeasuredCell) => number): Ratios => {
    const over = (cell: MeasuredCell): number | null =>
      of(late) > 0 && of(cell) > 0 ? of(cell) / of(late) : null;
    return { usual: over(usual), tuned: over(tuned), ...(auto && { auto: over(auto) }) };
  };
  return {
    solver: late.solver,
    steps: late.steps,
    nfe: late.nfe,
    usual,
    tuned,
    late,
    ...(auto && { auto }),
    ratio: ratios(distance),
    unbiased: ratios((cell) => distance(cell) - (cell.quality.frechet.bias ?? 0)),
  };
}
