import { type Cell, type MeasuredCell, nearest } from "../../late-start/cell.ts";
import type { AutoStart } from "./choose-starts.ts";
import type { Draw } from "./measure-cells.ts";
import { neighbours, type RunStart } from "./starts-to-try.ts";

/** Measures the cells that are tried. */
export type Tried = (
  cells: readonly Cell[],
  draw: Draw & { readonly thorough: boolean },
) => Promise<MeasuredCell[]>;

/**
 * Decides by a few samples what an {@link AutoStart} predicts: the nearest to the data of the starts worth trying, and then of
 * the grids from there.
 *
 * @param grids other grids that take a start, in one word each
 */
export async function tryStarts(
  auto: AutoStart,
  measure: Tried,
  grids: readonly string[],
  draw: Draw,
): Promise<AutoStart> {
  const { solver, steps, tries } = auto;
  const tried = (starts: readonly Pick<Cell, "start" | "timestep" | "grid">[]) => {
    const cells = starts.map((start) => ({ solver, steps, ...start }));
    return measure(cells, { ...draw, thorough: false });
  };
  const coarse = await tried(tries.coarse);
  const beside = neighbours(tries, nearest(coarse.filter(isLate))!.timestep);
  const fine = [...coarse, ...(await tried(beside))];
  const { timestep: late } = nearest(fine.filter(isLate))!;
  const laid = await tried(grids.map((grid) => ({ start: "late", timestep: late, grid })));
  const found = [...fine, ...laid];
  const { start, timestep, grid } = nearest(found)!;
  const kind = start === "late" ? "the Gaussian" : "noise";
  const on = grid === undefined ? "" : ` on the grid "${grid}"`;
  return {
    ...auto,
    ...{ start, timestep, lateTimestep: late },
    ...(grid === undefined ? {} : { grid }),
    reason: `Of ${found.length} starts with ${draw.count} samples each, ${kind} from ${timestep}${on} came nearest to the data. Predicted without samples: ${auto.reason}`,
  };
}

function isLate({ start }: RunStart | MeasuredCell): boolean {
  return start === "late";
}
