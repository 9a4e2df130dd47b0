import type { SampleQuality } from "./sample-quality.ts";

/** One way to sample: a solver, its steps, and where it starts. */
export interface Cell {
  /** In one word: "ddim", "ddim:eta=1". */
  readonly solver: string;
  readonly steps: number;
  /** How the steps are laid, in one word. Default: the network's own grid. */
  readonly grid?: string | undefined;
  /**
   * From N(0, I); from the Gaussian with the noised data's moments; or from noise at the top that the flow of that Gaussian
   * carried down at no call ("teleportation", arXiv 2412.09726).
   */
  readonly start: "noise" | "late" | "teleport";
  /** The time of the network's process, the index of a chain, where its first call is. */
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
    a.solver === b.solver &&
    a.steps === b.steps &&
    a.grid === b.grid &&
    a.start === b.start &&
    a.timestep === b.timestep
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
