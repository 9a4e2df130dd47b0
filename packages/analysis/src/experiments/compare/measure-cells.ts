import {
  chainOf,
  type Data,
  type Grid,
  invalid,
  type NoiseLevel,
  type Store,
} from "@symbreak/core";
import {
  gaussianLateStart,
  noiseStart,
  type SampleOptions,
  type Start,
  sample,
} from "@symbreak/samplers";
import { levelTime } from "../../clock-time.ts";
import type { Cell, MeasuredCell } from "../../late-start/cell.ts";
import { type QualityReference, sampleQuality } from "../../late-start/sample-quality.ts";
import { type ExperimentOptions, kept, type Work } from "../experiment.ts";
import type { Extractor } from "../extractor.ts";
import { configured, extractorProtocol, type SubjectProtocol } from "../protocol.ts";
import { storedLike } from "../stored-like.ts";
import type { CompareSetting } from "./setting.ts";
import { teleportStart } from "./teleport-start.ts";

/** Which samples are drawn: of one seed, those with the numbers first, …, first + count − 1. */
export interface Draw {
  readonly count: number;
  readonly first: number;
  readonly seed: number;
}

/** Samples in one network call: enough to fill the cores, few enough to stay in their caches. */
const BATCH = 64;

/** The run of a cell. */
function runOfCell(setting: CompareSetting, cell: Cell, draw: Draw): SampleOptions {
  const { network, table, moments } = setting;
  const { process } = network;
  const solver = setting.solvers.get(cell.solver);
  const grid = cell.grid === undefined ? setting.own : setting.grids.get(cell.grid);
  if (solver === undefined)
    throw invalid("compare", "solver must be among the solvers", cell.solver);
  if (grid === undefined) throw invalid("compare", "grid must be among the grids", cell.grid);
  const level = levelOfCell(setting, cell, grid);
  const start: Record<Cell["start"], () => Start> = {
    // Noise at a grid's own top is that grid, whatever it does from a start below.
    noise: () => (level === undefined ? noiseStart() : noiseStart(level)),
    late: () => gaussianLateStart(moments, level ?? process.level(cell.timestep)),
    teleport: () => {
      const top = process.level(process.tMax);
      return teleportStart(moments, top, level ?? process.level(cell.timestep));
    },
  };
  return {
    ...{ network, solver, grid, steps: cell.steps, start: start[cell.start](), batch: BATCH },
    ...draw,
    table,
    threshold: null,
  };
}

/** The level that a cell starts at, or undefined for noise at the top of its grid. */
function levelOfCell(
  { network: { process } }: CompareSetting,
  { start, steps, timestep }: Cell,
  grid: Grid,
): NoiseLevel | undefined {
  const top = grid.levels(process, steps)[0]!;
  return start === "noise" && top.timestep === timestep ? undefined : process.level(timestep);
}

/** A cell's samples as its data are stored, and the network calls that each took. */
export async function drawCell(
  setting: CompareSetting,
  cell: Cell,
  draw: Draw,
  {
    signal,
    onCalls,
  }: Pick<ExperimentOptions, "signal"> & { onCalls?: (calls: number) => void } = {},
): Promise<{ readonly samples: Data; readonly nfe: number; readonly from: NoiseLevel }> {
  let [batch, before] = [-1, 0];
  const { samples, nfe, levels } = await sample({
    ...runOfCell(setting, cell, draw),
    ...(signal === undefined ? {} : { signal }),
    onStep(step) {
      if (step.first !== batch) [batch, before] = [step.first, 0];
      onCalls?.((step.nfe - before) * step.count);
      before = step.nfe;
    },
  });
  return { samples: storedLike(samples, setting.data), nfe, from: levels[0]! };
}

/** What cells are judged by, and where they are kept. */
export interface CellJudging {
  readonly extractor: Extractor;
  readonly reference: QualityReference;
  readonly subject: SubjectProtocol;
  readonly store: Store | undefined;
  readonly work: Work;
  readonly signal: ExperimentOptions["signal"];
}

/** Measures the cells of one part of a comparison, one after the other, or takes them from the store. */
export type MeasureCells = (
  cells: readonly Cell[],
  draw: Draw & { readonly thorough: boolean },
) => Promise<MeasuredCell[]>;

/** Measures cells on a setting: samples, features, all distances. */
export function cellMeasurer(setting: CompareSetting, judging: CellJudging): MeasureCells {
  const { extractor, reference, subject, store, work, signal } = judging;
  const chain = chainOf(setting.network.process);

  async function measure(cell: Cell, { thorough, ...draw }: Draw & { thorough: boolean }) {
    const onCalls = (calls: number) => work.did(calls);
    const { samples, nfe, from } = await drawCell(setting, cell, draw, { signal, onCalls });
    const quality = await sampleQuality(reference, await extractor.judge(samples), { thorough });
    const { ouTime } = levelTime(from, chain);
    return { ...cell, ouTime, nfe, count: draw.count, first: draw.first, quality };
  }

  return async (cells, draw) => {
    const measured: MeasuredCell[] = [];
    for (const cell of cells) {
      const { solver, grid } = runOfCell(setting, cell, draw);
      const protocol = {
        ...{ kind: "cell", ...subject, cell, ...draw },
        ...{ solver: configured(solver), grid: configured(grid!) },
        ...{ features: extractorProtocol(extractor), reference: reference.features.count },
      };
      let fresh = false;
      const found = await kept(store, protocol, () => {
        fresh = true;
        return measure(cell, draw);
      });
      if (!fresh) work.did(draw.count * found.nfe);
      measured.push(found);
    }
    return measured;
  };
}
