import type { Discrimination } from "../../distance/discrimination.ts";
import { type BudgetChoice, bestPerBudget } from "../../late-start/best-per-budget.ts";
import type { MeasuredCell } from "../../late-start/cell.ts";
import type { LateStartGain } from "../../late-start/late-start-gain.ts";
import { sharpestBend } from "../../late-start/sharpest-bend.ts";
import type { SpeciationTime } from "../../speciation/speciation-time.ts";
import type { Configured, SubjectProtocol } from "../protocol.ts";
import type { AutoStart } from "./choose-starts.ts";
import type { ReferenceRow } from "./references.ts";

/** How the numbers of a comparison were made. */
export interface CompareProtocol extends SubjectProtocol {
  /** By the word that cells have. */
  readonly solvers: Readonly<Record<string, Configured & { readonly title: string }>>;
  readonly grids: Readonly<Record<string, Configured>>;
  /** The network's own grid, which cells without one were walked on. */
  readonly ownGrid: Configured;
  readonly features: { readonly name: string; readonly description: string };
  /** Real samples that distances are measured from, and whether others were held out of training. */
  readonly reference: number;
  readonly heldOut: { readonly name: string; readonly count: number } | null;
  /** Samples in each cell of the table, of the scan (numbers 0, 1, …; the table's come behind), and of the other parts. */
  readonly samples: number;
  readonly scan: number;
  readonly trial: number;
  readonly paper: number;
  readonly full: number;
  readonly seed: number;
}

/** Which start and grid serve a network best, at equal network calls, and what a late start brings. Plain JSON. */
export interface CompareResult {
  readonly kind: "compare";
  readonly protocol: CompareProtocol;
  /** What a reader must know before the numbers; empty where there is nothing to say. */
  readonly warnings: readonly string[];
  /** Of the data, in the network's units. */
  readonly speciation: SpeciationTime;
  /** What the distance can tell at the table's n; null where there are too few real samples to say. */
  readonly discrimination: Discrimination | null;
  /** One row for each solver and number of steps that was scanned. */
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
  /** Real samples beside the reference, as many as the largest cell has; null without any. */
  readonly unseen: ReferenceRow | null;
  /** As many draws of the Gaussian with the data's mean and covariance; null where nobody drew them. */
  readonly gaussian: ReferenceRow | null;
}

/** Network calls that a practitioner asks about. */
const BUDGETS = [3, 5, 8, 10, 20];

/** Adds what follows from the measured cells. */
export function compareResult(
  found: Omit<CompareResult, "kind" | "budgets" | "bends">,
): CompareResult {
  return {
    kind: "compare",
    ...found,
    budgets: bestPerBudget(found.table, BUDGETS),
    bends: found.gains.map(({ solver, steps }) => {
      const points = found.scan
        .filter((cell) => cell.solver === solver && cell.steps === steps)
        .filter((cell) => cell.start === "noise" && cell.grid === undefined)
        .map(({ timestep, quality }) => ({ timestep, value: quality.frechet.value }));
      return { solver, steps, timestep: sharpestBend(points) };
    }),
  };
}
