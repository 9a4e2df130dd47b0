import {
  chainOf,
  type Data,
  eachPart,
  type Grid,
  invalid,
  keptInBlocks,
  type NoiseLevel,
  type Store,
  type Team,
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
import type { ExperimentOptions, Work } from "../experiment.ts";
import type { Extractor } from "../extractor.ts";
import { JUDGED_GRAIN, judgedTogether } from "../kept-judged.ts";
import { callsOfSteps } from "../kept-samples.ts";
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
  const { samples, nfe, levels } = await sample({
    ...runOfCell(setting, cell, draw),
    ...(signal === undefined ? {} : { signal }),
    ...(onCalls && { onStep: callsOfSteps(onCalls) }),
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

/** Measures cells, which are dealt to a team, or takes them from the store. */
export type MeasureCells = (
  cells: readonly Cell[],
  draw: Draw & { readonly thorough: boolean },
  team: Team | undefined,
) => Promise<MeasuredCell[]>;

/** Measures cells on a setting: samples and their features in blocks, then all distances. */
export function cellMeasurer(setting: CompareSetting, judging: CellJudging): MeasureCells {
  const { extractor, reference, subject, store, work, signal } = judging;
  const chain = chainOf(setting.network.process);

  async function measure(
    cell: Cell,
    { thorough, ...draw }: Draw & { thorough: boolean },
    team: Team | undefined,
  ): Promise<MeasuredCell> {
    const { solver, grid } = runOfCell(setting, cell, draw);
    const protocol = {
      ...{ kind: "cell", ...subject, cell, ...draw, thorough, grain: JUDGED_GRAIN },
      ...{ solver: configured(solver), grid: configured(grid!) },
      ...{ features: extractorProtocol(extractor), reference: reference.features.count },
    };
    const calls = callsOfCell(setting, cell);
    return keptInBlocks(store, protocol, {
      ...{ count: draw.count, grain: JUDGED_GRAIN, team },
      make: async ({ first, count }) => {
        const range = { ...draw, first: draw.first + first, count };
        const drawn = await drawCell(setting, cell, range, { signal, onCalls: work.did });
        return { ...drawn, samples: count, judged: await extractor.judge(drawn.samples) };
      },
      join: async (blocks) => {
        const spent = blocks.reduce((sum, { nfe, samples }) => sum + nfe * samples, 0);
        const judged = judgedTogether(blocks.map(({ judged }) => judged));
        const quality = await sampleQuality(reference, judged, { thorough });
        const { ouTime } = levelTime(blocks[0]!.from, chain);
        const { count, first } = draw;
        return { ...cell, ouTime, nfe: spent / count, count, first, quality };
      },
      found: (samples) => work.kept(samples * calls),
    });
  }

  return (cells, draw, team) =>
    eachPart(team, cells, (cell, team) => measure(cell, draw, team), {
      cost: (cell, sharers) => callsOfCell(setting, cell) / sharers,
    });
}

/** Network calls that a sample of a cell is expected to take. */
export function callsOfCell({ solvers }: CompareSetting, { solver, steps }: Cell): number {
  return solvers.get(solver)?.calls(steps) ?? steps;
}
