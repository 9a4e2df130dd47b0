import type { Team } from "@symbreak/core";
import type { Cell, MeasuredCell } from "../../late-start/cell.ts";
import type { LateStartGain } from "../../late-start/late-start-gain.ts";
import type { Work } from "../experiment.ts";
import type { AutoStart } from "./choose-starts.ts";
import { compareRow, distinctCells, secondPass } from "./compare-row.ts";
import type { CheckedEffort } from "./effort.ts";
import { callsOfCell, type MeasureCells } from "./measure-cells.ts";
import { type SolverRun, scanCells } from "./plan.ts";
import { type CompareSetting, solverTitle, usualTimestep } from "./setting.ts";

/** What was measured of a piece of a comparison, or of all of it. */
export interface Measured {
  readonly scan: readonly MeasuredCell[];
  readonly table: readonly MeasuredCell[];
  readonly paper: readonly MeasuredCell[];
  readonly fullChain: readonly MeasuredCell[];
  readonly gains: readonly LateStartGain[];
  readonly autos: readonly AutoStart[];
}

/** A piece of a comparison that needs no other: a solver at a number of steps, or a cell of the whole chain. */
export interface Piece {
  /** Network calls that it takes. Of those that share it each needs all of the scan, which they find in the store that they share. */
  readonly calls: number;
  readonly make: (team: Team | undefined) => Promise<Measured>;
}

/** What all pieces are measured with. */
export interface Measuring {
  readonly setting: CompareSetting;
  readonly given: CheckedEffort;
  readonly measure: MeasureCells;
  /** Decides on the automatic start that was predicted. */
  readonly decide: (auto: AutoStart, team: Team | undefined) => Promise<AutoStart>;
  /** The distance of real samples, where it is known. */
  readonly floor: number | undefined;
  readonly work: Work;
}

const NOTHING: Measured = { scan: [], table: [], paper: [], fullChain: [], gains: [], autos: [] };

/** A solver at a number of steps whose starts and grids are scanned: a row of the table. */
export function rowPiece(auto: AutoStart, measuring: Measuring): Piece {
  const { setting, given, measure, decide, floor, work } = measuring;
  const run = runOf(auto);
  const usual = usualTimestep(setting, run.steps);
  const each = callsOfCell(setting, auto);
  const passes = [
    ...scanCells(setting.network, [run], () => usual),
    ...secondPass(setting, run, { noise: usual, late: usual }),
  ];
  const scanned = passes.length * given.scan + auto.tries.coarse.length * given.trial;
  const inTable = 5 * given.samples + 2 * given.paper;
  return {
    calls: each * (scanned + inTable),
    async make(team) {
      work.part(`${solverTitle(setting, run.solver)}, ${run.steps} steps`);
      const decided = await decide(auto, team);
      const row = await compareRow(setting, run, decided, { measure, team }, given, floor);
      work.found(gainSentence(setting, row.gain));
      const { gain, ...cells } = row;
      return { ...NOTHING, ...cells, gains: [gain], autos: [decided] };
    },
  };
}

/** A solver at a further number of steps, from the usual start and the chosen one only. */
export function alsoPiece(auto: AutoStart, measuring: Measuring): Piece {
  const { setting, given, measure, decide, work } = measuring;
  const { samples, scan, seed, trial } = given;
  const run = runOf(auto);
  const tried = auto.tries.coarse.length * trial;
  return {
    calls: callsOfCell(setting, auto) * (tried + 2 * samples),
    async make(team) {
      work.part(`${solverTitle(setting, run.solver)}, ${run.steps} steps`);
      const decided = await decide(auto, team);
      const plain: Cell = { ...run, start: "noise", timestep: usualTimestep(setting, run.steps) };
      const draw = { count: samples, first: scan, seed, thorough: true };
      const table = await measure(distinctCells([plain, decided]), draw, team);
      return { ...NOTHING, table, autos: [decided] };
    },
  };
}

/** A cell of the whole chain. */
export function wholePiece(cell: Cell, { setting, given, measure, work }: Measuring): Piece {
  const { full, seed } = given;
  return {
    calls: callsOfCell(setting, cell) * full,
    async make(team) {
      work.part("the whole chain");
      const draw = { count: full, first: 0, seed, thorough: true };
      return { ...NOTHING, fullChain: await measure([cell], draw, team) };
    },
  };
}

/** What was measured of all pieces, in order. */
export function measuredTogether(pieces: readonly Measured[]): Measured {
  return {
    scan: pieces.flatMap(({ scan }) => scan),
    table: pieces.flatMap(({ table }) => table),
    paper: pieces.flatMap(({ paper }) => paper),
    fullChain: pieces.flatMap(({ fullChain }) => fullChain),
    gains: pieces.flatMap(({ gains }) => gains),
    autos: pieces.flatMap(({ autos }) => autos),
  };
}

function runOf({ solver, steps }: AutoStart): SolverRun {
  return { solver, steps };
}

function gainSentence(
  setting: CompareSetting,
  { solver, steps, late, tuned }: LateStartGain,
): string {
  const short = ({ quality }: MeasuredCell) => Number(quality.frechet.value.toPrecision(3));
  return `${solverTitle(setting, solver)}, ${steps} steps: ${late.quality.frechet.name} ${short(late)} from the best late start, ${short(tuned)} from the best noise.`;
}
