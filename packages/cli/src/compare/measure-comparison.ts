import {
  type Cell,
  lateStartGain,
  speciationTime,
  usualStart,
  wantedCells,
} from "@symbreak/analysis";
import type { SpectralCovariance } from "@symbreak/core";
import { chainOf } from "../network/chain-of.ts";
import type { CellStore } from "./cell-store.ts";
import { chooseStarts } from "./choose-starts.ts";
import { type ComparisonResult, compareResult } from "./compare-result.ts";
import { distinct, measurer } from "./measurer.ts";
import { type ComparePlan, fullChainCells, runsOf, scanCells } from "./plan.ts";
import type { Setting } from "./setting.ts";
import { tryStarts } from "./try-starts.ts";
import { unseenQuality } from "./unseen-quality.ts";

/** What is compared, and with how many samples. */
export interface Comparison extends Omit<ComparePlan, "trained"> {
  /** Samples in each cell of the table, of the scan, and of the full-chain rows (0 for none). */
  readonly samples: number;
  readonly scan: number;
  readonly full: number;
  /** Samples of the paper's own columns, usual noise and best late start, measured once more; 0 for none. */
  readonly paper: number;
  /** Samples at each start that `auto` tries; 0 to go by what is predicted. */
  readonly trial: number;
  readonly seed: number;
}

/** Share of the progress that choosing starts takes. */
const CHOOSING = 0.03;

/**
 * Chooses starts, scans, and measures the table on samples that the scan has not seen: the scan's are numbers 0, 1, …, the
 * table's come behind them.
 */
export async function measureComparison(
  setting: Setting,
  comparison: Comparison,
  store: CellStore,
  onProgress: (fraction: number) => void,
): Promise<ComparisonResult> {
  const { solvers, steps, alsoSteps, samples, scan, full, paper, trial, seed } = comparison;
  const plan = { ...comparison, trained: setting.table.length };
  const more = alsoSteps.filter((n) => !steps.includes(n));
  const runs = runsOf(solvers, [...steps, ...more]);
  const predicted = await chooseStarts(setting, runs, (f) => onProgress(CHOOSING * f));

  const cells = scanCells(plan);
  const rows = runsOf(solvers, steps);
  const tries = predicted.flatMap((auto) => auto.tries.coarse.map(() => auto));
  const chain = full > 0 ? fullChainCells(plan) : [];
  const cost = (of: readonly { steps: number }[], count: number) =>
    count * of.reduce((sum, run) => sum + run.steps, 0);
  // A row has at most four cells; which, the scan will say.
  const total =
    cost(cells, scan) +
    cost(rows, 4 * samples + 2 * paper) +
    2 * cost(runsOf(solvers, more), samples) +
    cost([...tries, ...runs, ...runs], trial) +
    cost(chain, full);
  const at = (fraction: number) => onProgress(CHOOSING + (1 - CHOOSING) * fraction);
  const measure = measurer(setting, store, { seed, total, at });

  // Neither the scan nor the table has seen these.
  const unused = { count: trial, first: scan + Math.max(samples, paper) };
  const autos = trial > 0 ? await tryStarts(predicted, measure, unused) : predicted;
  const also = autos.filter((auto) => !steps.includes(auto.steps));

  const scanned = await measure("scan", cells, { count: scan, first: 0, thorough: false });
  const wanted = rows.map((run) => {
    const auto = autos.find((cell) => cell.solver === run.solver && cell.steps === run.steps)!;
    return wantedCells(scanned, run, auto, plan.trained);
  });
  const usual = also.map((cell): Cell => {
    return { ...cell, start: "noise", timestep: usualStart(cell.steps, plan.trained) };
  });
  const inRows = wanted.flatMap(({ usual, tuned, late, auto }) => [usual, tuned, late, auto!]);
  const table = await measure("table", distinct([...inRows, ...usual, ...also]), {
    count: samples,
    first: scan,
    thorough: true,
  });
  const columns = wanted.flatMap(({ usual, late }) => [usual, late]);
  const inPaper = await measure("paper", paper > 0 ? distinct(columns) : [], {
    count: paper,
    first: scan,
    thorough: true,
  });
  const fullChain = await measure("full", chain, { count: full, first: 0, thorough: true });
  const lambda = (setting.moments.covariance as SpectralCovariance).eigenvalues[0] ?? 0;
  return compareResult({
    speciation: speciationTime(lambda, {
      scale: setting.set.units.name,
      schedule: chainOf(setting.table),
    }),
    scan: scanned,
    gains: wanted.map((row) => lateStartGain(table, row)),
    table,
    autos,
    paper: inPaper,
    fullChain,
    unseen: await unseenQuality(setting, Math.max(samples, paper)),
  });
}

/** How the numbers of a comparison were made, beside its setting. */
export function describeComparison(
  { solvers, samples, scan, full, paper, trial, seed }: Comparison,
  { table }: Setting,
): Record<string, string> {
  return {
    schedule: `${table.length} levels; a run takes ⌊linspace(0, s, n)⌋ and ends at clean data`,
    solvers: solvers.join(", "),
    samples: `${samples} a cell (numbers ${scan} … ${scan + samples - 1}), chosen on ${scan} others (0 … ${scan - 1})`,
    auto:
      trial > 0
        ? `the best of a few predicted starts, by ${trial} other samples each`
        : "predicted",
    ...(paper > 0 && { paper: `${paper} a cell of the paper's columns` }),
    fullChain: `${full} samples`,
    seed: String(seed),
  };
}
