import type { SampleQuality } from "./sample-quality.ts";

/** One way to sample: a solver, its steps, and where it starts. */
export interface Cell {
  readonly solver: string;
  readonly steps: number;
  /** From N(0, I), or from the Gaussian with the noised data's moments. */
  readonly start: "noise" | "late";
  /** Index of the training chain where it starts. */
  readonly timestep: number;
}

/** A cell that was sampled and judged. */
export interface MeasuredCell extends Cell {
  /** OU time of the start. */
  readonly ouTime: number;
  /** Network calls a sample. */
  readonly nfe: number;
  /** Samples, and the number of the first: two cells of one seed with disjoint numbers are independent. */
  readonly count: number;
  readonly first: number;
  readonly quality: SampleQuality;
}

/** Whether both sample in the same way. */
export function sameCell(a: Cell, b: Cell): boolean {
  return (
    a.solver === b.solver && a.steps === b.steps && a.start === b.start && a.timestep === b.timestep
  );
}

/** The cell with the smallest Fréchet distance; undefined of none. */
export function nearest<C extends MeasuredCell>(cells: readonly C[]): C | undefined {
  return cells.reduce<C | undefined>(
    (best, cell) => (best === undefined || distance(cell) < distance(best) ? cell : best),
    undefined,
  );
}

/** The Fréchet distance of a cell. */
export function distance({ quality }: MeasuredCell): number {
  return quality.frechet.value;
}
