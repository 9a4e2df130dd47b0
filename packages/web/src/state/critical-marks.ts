import type { Mark } from "./cursor.ts";

/** Timesteps of what the moments of some data say; null where it never comes. */
export interface CriticalTimes {
  /** t_S = ½ ln Λ. */
  readonly speciation: number | null;
  /** Where the centre of the potential turns unstable, ½ arsinh Λ. */
  readonly instability: number | null;
  /** t_C, of finitely many data. */
  readonly collapse?: number | null | undefined;
}

/** The marks of these times on the time bar. */
export function criticalMarks({ speciation, instability, collapse }: CriticalTimes): Mark[] {
  const mark = (at: number | null | undefined, symbol: string, title: string): Mark[] =>
    at === null || at === undefined ? [] : [{ at, symbol, title }];
  return [
    ...mark(instability, "split", "the centre of the potential turns unstable, ½ arsinh Λ"),
    ...mark(speciation, "t_S", "speciation, the first choice: ½ ln Λ"),
    ...mark(collapse, "t_C", "collapse: below it the exact score of the data only copies them"),
  ];
}
