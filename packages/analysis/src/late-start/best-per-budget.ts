import { type Cell, type MeasuredCell, nearest } from "./cell.ts";

/** The best ways to spend so many network calls a sample. */
export interface BudgetChoice {
  readonly calls: number;
  /** The nearest of all that cost no more. */
  readonly best: MeasuredCell;
  /** The nearest of those from noise, and of those from a Gaussian; null where there is none. */
  readonly noise: MeasuredCell | null;
  readonly late: MeasuredCell | null;
}

/** For each budget the cells that make the most of it, PNDM's extra calls counted. Budgets that buy nothing are left out. */
export function bestPerBudget(
  cells: readonly MeasuredCell[],
  budgets: readonly number[],
): BudgetChoice[] {
  return budgets.flatMap((calls) => {
    const affordable = cells.filter(({ nfe }) => nfe <= calls);
    const best = nearest(affordable);
    const of = (start: Cell["start"]) =>
      nearest(affordable.filter((cell) => cell.start === start)) ?? null;
    return best === undefined ? [] : [{ calls, best, noise: of("noise"), late: of("late") }];
  });
}
