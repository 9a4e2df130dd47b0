import { ddpm, dpmMultistep, type Solver } from "@symbreak/samplers";

/** The solvers of `ssb clone`, all with noise of their own. */
export type CloneSolverName = "ddpm" | "ddpm-small" | "sde-dpm++";

/** By name. `ddpm` is that of Biroli et al. 2024: ancestral, sigma² = beta, nothing clipped. */
export const CLONE_SOLVERS: Readonly<Record<CloneSolverName, Solver>> = {
  ddpm: ddpm({ variance: "fixedLarge" }),
  "ddpm-small": ddpm({ variance: "fixedSmall" }),
  "sde-dpm++": dpmMultistep({ algorithm: "sde-dpmsolver++" }),
};
