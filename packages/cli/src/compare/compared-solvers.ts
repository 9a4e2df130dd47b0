import { ddim, dpmMultistep, pndm, type Solver, uniPc } from "@symbreak/samplers";

/** The words for solvers that are compared: the paper's three columns, and the two that practitioners take. */
export type ComparedName = "ddpm" | "ddim" | "pndm" | "dpm++" | "unipc";

/** What they stand for: the paper's DDPM of few steps is DDIM with eta 1. */
export const COMPARED: Readonly<Record<ComparedName, Solver>> = {
  ddpm: ddim({ eta: 1 }),
  ddim: ddim(),
  pndm: pndm(),
  "dpm++": dpmMultistep({ order: 2 }),
  unipc: uniPc(),
};
