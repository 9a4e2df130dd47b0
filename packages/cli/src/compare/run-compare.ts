import { basename, resolve } from "node:path";
import {
  type Cell,
  lateStartGain,
  type MeasuredCell,
  speciationTime,
  usualStart,
  wantedCells,
} from "@symbreak/analysis";
import type { SpectralCovariance } from "@symbreak/core";
import { commandLine } from "../command-line.ts";
import { progress } from "../terminal/progress.ts";
import { writeRun } from "../write-run.ts";
import { type CellStore, cellKey, openCellStore } from "./cell-store.ts";
import { chooseStarts } from "./choose-starts.ts";
import { compareCsv } from "./compare-csv.ts";
import { type CompareResult, compareResult } from "./compare-result.ts";
import { compareText } from "./compare-text.ts";
import { measureCell } from "./measure-cell.ts";
import { type ComparePlan, fullChainCells, runsOf, scanCells } from "./plan.ts";
import { describeSetting, openSetting, type Setting, type SettingRequest } from "./setting.ts";
import { unseenQuality } from "./unseen-quality.ts";

/** What `ssb compare` was asked. */
export interface CompareRequest extends SettingRequest, Omit<ComparePlan, "trained"> {
  /** Samples in each cell of the table, of the scan, and of the full-chain rows (0 for none). */
  readonly samples: number;
  readonly scan: number;
  readonly full: number;
  readonly seed: number;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** The scan's samples are numbers 0, 1, …; the table's come behind them, so that it is measured on others. */
export async function runCompare(request: CompareRequest): Promise<void> {
  const { samples, scan, full, seed, out, json } = request;
  const directory = out ?? `runs/compare-${basename(resolve(request.network))}`;
  const bar = progress({ "loading network and data": 3, "choosing starts": 2, sampling: 95 });
  bar.phase("loading network and data");
  const setting = await openSetting(request);
  const plan = { ...request, trained: setting.table.length };
  const protocol = protocolOf(request, setting);
  const store = openCellStore(directory, protocol);

  bar.phase("choosing starts");
  const all = [...new Set([...request.steps, ...request.alsoSteps])];
  const autos = await chooseStarts(setting, runsOf(request.solvers, all), bar.at);

  bar.phase("sampling");
  const cells = scanCells(plan);
  const rows = runsOf(request.solvers, request.steps);
  const also = autos.filter(({ steps }) => !request.steps.includes(steps));
  const chain = full > 0 ? fullChainCells(plan) : [];
  // Before the scan the rows are known but for their tuned starts, which cost what the others do.
  const cost = (cells: readonly Cell[], count: number) =>
    count * cells.reduce((sum, { steps }) => sum + steps, 0);
  const rowCells = rows.flatMap((run) => [1, 2, 3, 4].map(() => ({ ...run }) as Cell));
  const total =
    cost(cells, scan) + cost(rowCells, samples) + 2 * cost(also, samples) + cost(chain, full);
  const meter = { done: 0, total, at: bar.at };

  const measure = measurer(setting, store, seed, meter);
  const scanned = await measure("scan", cells, { count: scan, first: 0, thorough: false });
  const draw = { count: samples, first: scan, thorough: true };
  const wanted = rows.map((run) => {
    const auto = autos.find((cell) => cell.solver === run.solver && cell.steps === run.steps)!;
    return wantedCells(scanned, run, auto, plan.trained);
  });
  const tableCells = wanted.flatMap(({ usual, tuned, late, auto }) => [usual, tuned, late, auto!]);
  const table = await measure("table", distinct(tableCells), draw);
  const usual = also.map((cell): Cell => {
    return { ...cell, start: "noise", timestep: usualStart(cell.steps, plan.trained) };
  });
  const further = await measure("table", distinct([...usual, ...also]), draw);
  const fullChain = await measure("full", chain, { count: full, first: 0, thorough: true });
  const unseen = await unseenQuality(setting, samples);
  bar.end();

  const lambda = (setting.moments.covariance as SpectralCovariance).eigenvalues[0] ?? 0;
  const result = compareResult({
    protocol,
    speciation: speciationTime(lambda, { scale: setting.scale.name }),
    scan: scanned,
    gains: wanted.map((row) => lateStartGain(table, row)),
    table: [...table, ...further],
    autos,
    fullChain,
    unseen,
    command: commandLine(),
  });
  await write(directory, result, setting, request);
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else process.stdout.write(`${compareText(result)}\nReport: ${directory}/report.html\n`);
}

function protocolOf(request: CompareRequest, setting: Setting): CompareResult["protocol"] {
  const { samples, scan, full, seed } = request;
  return {
    ...describeSetting(setting),
    schedule: `${setting.table.length} levels; a run takes ⌊linspace(0, s, n)⌋ and ends at clean data`,
    solvers: request.solvers.join(", "),
    samples: `${samples} a cell (numbers ${scan} … ${scan + samples - 1}), chosen on ${scan} others (0 … ${scan - 1})`,
    fullChain: `${full} samples`,
    seed: String(seed),
  };
}

/** Measures cells one after the other, or takes them from the store; the bar moves with the network calls. */
function measurer(
  setting: Setting,
  store: CellStore,
  seed: number,
  meter: { done: number; readonly total: number; readonly at: (fraction: number) => void },
) {
  return async (
    part: string,
    cells: readonly Cell[],
    draw: { readonly count: number; readonly first: number; readonly thorough: boolean },
  ): Promise<MeasuredCell[]> => {
    const measured: MeasuredCell[] = [];
    for (const cell of cells) {
      const key = cellKey(part, cell);
      let found = store.read(key);
      if (found === undefined) {
        const onStep = ({ index, first }: { index: number; first: number }) => {
          const before = (first - draw.first) * cell.steps;
          meter.at((meter.done + before + index * Math.min(64, draw.count)) / meter.total);
        };
        found = await measureCell(setting, cell, { ...draw, seed, onStep });
        store.write(key, found);
      }
      measured.push(found);
      meter.done += draw.count * cell.steps;
    }
    return measured;
  };
}

/** Each once. */
function distinct(cells: readonly Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [cellKey("", cell), cell])).values()].map(
    ({ solver, steps, start, timestep }) => ({ solver, steps, start, timestep }),
  );
}

async function write(
  directory: string,
  result: CompareResult,
  setting: Setting,
  request: CompareRequest,
): Promise<void> {
  const [{ JSDOM }, { report }, { compareReport }, { startPictures }] = await Promise.all([
    import("jsdom"),
    import("../report/report.ts"),
    import("./compare-report.ts"),
    import("./start-pictures.ts"),
  ]);
  const pictures = await startPictures(setting, result.gains, request.seed);
  const { document } = new JSDOM("").window;
  writeRun(directory, {
    "result.json": `${JSON.stringify(result, null, 2)}\n`,
    "cells.csv": compareCsv(result),
    "report.html": report(compareReport(result, pictures, document)),
  });
}
