import type { NoiseLevel } from "@symbreak/core";
import { ddim, dpmMultistep, pndm, type Solver, uniPc, type WalkOptions } from "@symbreak/samplers";

/** A solver of the table. */
export interface ComparedSolver {
  /** For people. */
  readonly label: string;
  readonly solver: Solver<WalkOptions>;
  /** Its settings; `table` are the levels that the network was trained at, noisiest first. */
  options(table: readonly NoiseLevel[]): WalkOptions;
}

/** A key of {@link COMPARED}. */
export type ComparedName = "ddpm" | "ddim" | "pndm" | "dpm++" | "unipc";

/** The paper's three columns, and the two solvers that practitioners take. */
export const COMPARED: Readonly<Record<ComparedName, ComparedSolver>> = {
  ddpm: plain("DDPM (DDIM, η = 1)", ddim, { eta: 1 }),
  ddim: plain("DDIM", ddim),
  pndm: { label: "PNDM", solver: pndm, options: (table) => ({ table }) },
  "dpm++": plain("DPM-Solver++ 2M", dpmMultistep, { order: 2 }),
  unipc: plain("UniPC", uniPc),
};

function plain<Options extends WalkOptions>(
  label: string,
  solver: Solver<Options>,
  settings?: Options,
): ComparedSolver {
  return { label, solver: solver as Solver<WalkOptions>, options: () => settings ?? {} };
}
