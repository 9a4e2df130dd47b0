import { isChain, type NoiseLevel, noiseToSignal } from "@symbreak/core";
import type { Network } from "@symbreak/samplers";
import type { Cell } from "../../late-start/cell.ts";
import { startLevels } from "./start-levels.ts";

/** One solver with one number of steps. */
export interface SolverRun {
  readonly solver: string;
  readonly steps: number;
}

/** Below this much noise a start from N(0, I) is hopeless, and not scanned: sigma/alpha of index 300 of the linear chain, nearly. */
const LOWEST_NOISE = 1.24;

/** Starts beside the best one that another grid is tried from: a grid by information likes to start higher. */
const BELOW = 1;
const ABOVE = 2;

/** Every solver at every number of steps. */
export function runsOf(solvers: readonly string[], steps: readonly number[]): SolverRun[] {
  return solvers.flatMap((solver) => steps.map((n) => ({ solver, steps: n })));
}

/** The paper's grid of Gaussian starts, and noise from its upper part and from the top of the network's own grid. */
export function scanCells(
  { process }: Pick<Network, "process">,
  runs: readonly SolverRun[],
  usual: (steps: number) => number,
): Cell[] {
  return runs.flatMap((run) => {
    const room = startLevels(process).filter((level) => hasRoom(process, level, run.steps));
    const high = room.filter((level) => noiseToSignal(level) >= LOWEST_NOISE);
    const noise = [...new Set([...high.map(({ timestep }) => timestep), usual(run.steps)])];
    return [
      ...room.map(({ timestep }) => ({ ...run, start: "late" as const, timestep })),
      ...noise
        .sort((a, b) => a - b)
        .map((timestep) => ({ ...run, start: "noise" as const, timestep })),
    ];
  });
}

/**
 * The second pass of a scan, over the grids: noise from each grid's own top, and noise and the Gaussian from about the starts
 * that were best on the network's own grid.
 *
 * @param best the timesteps of the nearest cells of the first pass
 */
export function gridCells(
  { process }: Pick<Network, "process">,
  run: SolverRun,
  grids: readonly { readonly name: string; readonly top: number; readonly takesStarts: boolean }[],
  best: { readonly noise: number; readonly late: number },
): Cell[] {
  const room = startLevels(process).filter((level) => hasRoom(process, level, run.steps));
  const about = (timestep: number): number[] => {
    const times = room.map((level) => level.timestep);
    const distances = times.map((time) => Math.abs(time - timestep));
    const k = distances.indexOf(Math.min(...distances));
    return times.slice(Math.max(0, k - BELOW), k + ABOVE + 1);
  };
  return grids.flatMap(({ name, top, takesStarts }) => {
    const noise = takesStarts ? [...new Set([...about(best.noise), top])] : [top];
    const late = takesStarts ? about(best.late) : [];
    const cell = (start: Cell["start"]) => (timestep: number) => {
      return { ...run, grid: name, start, timestep };
    };
    return [...noise.map(cell("noise")), ...late.map(cell("late"))];
  });
}

/** A good part of the chain by DDIM, and all of it by its stochastic kind: how good the network is without haste. */
export function fullChainCells(
  { process }: Pick<Network, "process">,
  usual: (steps: number) => number,
): Cell[] {
  const length = isChain(process) ? process.steps : 1000;
  const from = (solver: string, steps: number): Cell => {
    return { solver, steps, start: "noise", timestep: usual(steps) };
  };
  return [from("ddim", Math.min(100, length)), from("ddim:eta=1", length)];
}

/** Whether so many steps fit below a level of a chain. */
function hasRoom(process: Network["process"], { timestep }: NoiseLevel, steps: number): boolean {
  return !isChain(process) || timestep + 1 >= steps;
}
