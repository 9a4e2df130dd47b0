import { ddim, dpmMultistep, pndm, type Solver, uniPc } from "@symbreak/samplers";

/** A solver of the table. */
export interface ComparedSolver {
  /** For people. */
  readonly label: string;
  readonly solver: Solver;
}

/** A key of {@link COMPARED}. */
export type ComparedName = "ddpm" | "ddim" | "pndm" | "dpm++" | "unipc";

/** The paper's three columns, and the two solvers that practitioners take. */
export const COMPARED: Readonly<Record<ComparedName, ComparedSolver>> = {
  ddpm: { label: "DDPM (DDIM, η = 1)", solver: ddim({ eta: 1 }) },
  ddim: { label: "DDIM", solver: ddim() },
  pndm: { label: "PNDM", solver: pndm() },
  "dpm++": { label: "DPM-Solver++ 2M", solver: dpmMultistep({ order: 2 }) },
  unipc: { label: "UniPC", solver: uniPc() },
};
