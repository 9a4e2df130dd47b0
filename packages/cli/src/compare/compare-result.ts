import {
  type BudgetChoice,
  bestPerBudget,
  type LateStartGain,
  type MeasuredCell,
  type SampleQuality,
  type SpeciationTime,
  sharpestBend,
} from "@symbreak/analysis";
import type { AutoStart } from "./choose-starts.ts";

/** What `ssb compare --json` prints. */
export interface CompareResult {
  readonly protocol: Readonly<Record<string, string>>;
  /** Of the data, in the network's units. */
  readonly speciation: SpeciationTime;
  /** One row for each solver and number of steps of the paper. */
  readonly gains: readonly LateStartGain[];
  /** The best way to spend so many network calls. */
  readonly budgets: readonly BudgetChoice[];
  /** Where the curve of starts from noise bends most, the paper's critical time. */
  readonly bends: readonly {
    readonly solver: string;
    readonly steps: number;
    readonly timestep: number | null;
  }[];
  readonly scan: readonly MeasuredCell[];
  /** All cells at full cost, those of the gains among them. */
  readonly table: readonly MeasuredCell[];
  /** The paper's own columns, usual noise and best late start, with more samples; empty when not asked for. */
  readonly paper: readonly MeasuredCell[];
  readonly autos: readonly AutoStart[];
  /** The network without haste; empty when it was not asked for. */
  readonly fullChain: readonly MeasuredCell[];
  /** As many images of the test split as the largest cell has, at most all; null without one. */
  readonly unseen: (SampleQuality & { readonly count: number }) | null;
  readonly command: string;
}

/** A comparison, without who asked for it. */
export type ComparisonResult = Omit<CompareResult, "protocol" | "command">;

/** Network calls that a practitioner asks about. */
const BUDGETS = [3, 5, 8, 10, 20];

/** Adds what follows from the measured cells. */
export function compareResult(
  found: Omit<ComparisonResult, "budgets" | "bends">,
): ComparisonResult {
  return {
    ...found,
    budgets: bestPerBudget(found.table, BUDGETS),
    bends: found.gains.map(({ solver, steps }) => {
      const points = found.scan
        .filter((cell) => cell.solver === solver && cell.steps === steps && cell.start === "noise")
        .map(({ timestep, quality }) => ({ timestep, value: quality.frechet.value }));
      return { solver, steps, timestep: sharpestBend(points) };
    }),
  };
}
