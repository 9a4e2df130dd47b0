import { type Cell, PAPER_STARTS, usualStart } from "@symbreak/analysis";
import type { ComparedName } from "./compared-solvers.ts";

/** What is compared with what. */
export interface ComparePlan {
  readonly solvers: readonly ComparedName[];
  /** Numbers of steps that the start is scanned for, as in the paper. */
  readonly steps: readonly number[];
  /** Further numbers of steps, with the usual start and the chosen one only. */
  readonly alsoSteps: readonly number[];
  readonly trained: number;
}

/** Below this there is hardly any noise in the data: a start from N(0, I) is hopeless, and not scanned. */
const LOWEST_NOISE = 300 / 1000;

/** Every solver at every number of steps. */
export function runsOf(
  solvers: readonly ComparedName[],
  steps: readonly number[],
): { solver: ComparedName; steps: number }[] {
  return solvers.flatMap((solver) => steps.map((n) => ({ solver, steps: n })));
}

/** The paper's grid of Gaussian starts, and noise from its upper part and from the usual place. */
export function scanCells({ solvers, steps, trained }: ComparePlan): Cell[] {
  const grid = PAPER_STARTS.map((start) =>
    Math.min(Math.round((start * trained) / 1000), trained - 1),
  );
  return runsOf(solvers, steps).flatMap((run) => {
    const room = grid.filter((timestep) => timestep + 1 >= run.steps);
    const high = room.filter((timestep) => timestep >= LOWEST_NOISE * trained);
    const noise = [...new Set([...high, usualStart(run.steps, trained)])].sort((a, b) => a - b);
    return [
      ...room.map((timestep) => ({ ...run, start: "late" as const, timestep })),
      ...noise.map((timestep) => ({ ...run, start: "noise" as const, timestep })),
    ];
  });
}

/** A good part of the chain, and all of it: how good the network is when nobody hurries. */
export function fullChainCells({ trained }: ComparePlan): Cell[] {
  const from = (solver: ComparedName, steps: number): Cell => ({
    solver,
    steps,
    start: "noise",
    timestep: usualStart(steps, trained),
  });
  return [from("ddim", Math.min(100, trained)), from("ddpm", trained)];
}
