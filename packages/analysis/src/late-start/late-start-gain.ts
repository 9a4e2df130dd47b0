import { invalid } from "@symbreak/core";
import { type Cell, distance, type MeasuredCell, nearest, sameCell } from "./cell.ts";
import { usualStart } from "./start-grid.ts";

/** What a late start brings to one solver at one number of steps, told in every way that is fair. */
export interface LateStartGain {
  readonly solver: string;
  readonly steps: number;
  readonly nfe: number;
  /** Noise at the top of the network's own grid. */
  readonly usual: MeasuredCell;
  /** Noise from the level and on the grid that the scan liked best: the strongest plain baseline. */
  readonly tuned: MeasuredCell;
  /** The Gaussian from the level and on the grid that the scan liked best. */
  readonly late: MeasuredCell;
  /** Noise at the top, carried to the late start's level by the Gaussian's flow; absent when it was not asked for. */
  readonly teleport?: MeasuredCell;
  /** The Gaussian from the level that was chosen without sampling; absent when it was not asked for. */
  readonly auto?: MeasuredCell;
  /** Ratios of Fréchet distances: above 1 the late start is nearer to the data. */
  readonly ratio: Ratios;
  /**
   * The same after the bias is taken off: the distance of as many real samples where it is known, else each distance's own
   * estimate. Null where that leaves nothing.
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
  readonly teleport?: Cell;
  readonly auto?: Cell;
}

/**
 * The cells of one row of the table: chosen on the scan, to be measured on samples that the scan has not seen, so that
 * the choice does not flatter them.
 *
 * @param auto the chosen late start's index; where noise was chosen instead, the cell of that
 * @param usual the top of the network's own grid. Default: that of a chain of 1000 under "leading" spacing
 */
export function wantedCells(
  scan: readonly MeasuredCell[],
  { solver, steps }: Pick<Cell, "solver" | "steps">,
  auto?: Pick<Cell, "start" | "timestep" | "grid">,
  usual: number = usualStart(steps),
): WantedCells {
  const own = scan.filter((cell) => cell.solver === solver && cell.steps === steps);
  const best = (start: Cell["start"]): Cell => {
    const found = nearest(own.filter((cell) => cell.start === start));
    if (found === undefined)
      throw invalid("wantedCells", `the scan must have ${start} starts`, `${solver} ${steps}`);
    const { grid, timestep } = found;
    return { solver, steps, ...(grid === undefined ? {} : { grid }), start, timestep };
  };
  return {
    usual: { solver, steps, start: "noise", timestep: usual },
    tuned: best("noise"),
    late: best("late"),
    ...(auto && { auto: { solver, steps, ...auto } }),
  };
}

/**
 * The row of the table, from measured cells.
 *
 * @param floor the distance of as many real samples, where it is known
 */
export function lateStartGain(
  table: readonly MeasuredCell[],
  wanted: WantedCells,
  floor?: number,
): LateStartGain {
  const find = (cell: Cell): MeasuredCell => {
    const found = table.find((other) => sameCell(other, cell));
    if (found === undefined)
      throw invalid("lateStartGain", "every wanted cell must be measured", JSON.stringify(cell));
    return found;
  };
  const [usual, tuned, late] = [find(wanted.usual), find(wanted.tuned), find(wanted.late)];
  const auto = wanted.auto && find(wanted.auto);
  const teleport = wanted.teleport && find(wanted.teleport);
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
    ...(teleport && { teleport }),
    ...(auto && { auto }),
    ratio: ratios(distance),
    unbiased: ratios((cell) => distance(cell) - (floor ?? cell.quality.frechet.bias ?? 0)),
  };
}
