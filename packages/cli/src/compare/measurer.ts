import type { Cell, MeasuredCell } from "@symbreak/analysis";
import { type CellStore, cellKey } from "./cell-store.ts";
import { BATCH, type Draw, measureCell } from "./measure-cell.ts";
import type { Setting } from "./setting.ts";

/** Measures the cells of one part of a comparison: its scan, its table. */
export type Measure = (
  part: string,
  cells: readonly Cell[],
  draw: Pick<Draw, "count" | "first" | "thorough">,
) => Promise<MeasuredCell[]>;

/** Measures cells one after the other, or takes them from the store; `at` follows the steps that are done of `total`. */
export function measurer(
  setting: Setting,
  store: CellStore,
  { seed, total, at }: { seed: number; total: number; at: (fraction: number) => void },
): Measure {
  let done = 0;
  return async (part, cells, draw) => {
    const measured: MeasuredCell[] = [];
    for (const cell of cells) {
      const key = cellKey(part, cell);
      let found = store.read(key);
      if (found === undefined) {
        const onStep = ({ index, first }: { index: number; first: number }) => {
          const before = (first - draw.first) * cell.steps;
          at((done + before + index * Math.min(BATCH, draw.count)) / total);
        };
        found = await measureCell(setting, cell, { ...draw, seed, onStep });
        store.write(key, found);
      }
      measured.push(found);
      done += draw.count * cell.steps;
    }
    return measured;
  };
}

/** Each once, and nothing but the cell. */
export function distinct(cells: readonly Cell[]): Cell[] {
  const named = cells.map(({ solver, steps, start, timestep }) => {
    const cell = { solver, steps, start, timestep };
    return [cellKey("", cell), cell] as const;
  });
  return [...new Map(named).values()];
}
