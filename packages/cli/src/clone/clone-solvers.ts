import { ddpm, dpmMultistep, type Solver, type WalkOptions } from "@symbreak/samplers";

/** A solver with its settings. */
export interface CloneSolver {
  readonly solver: Solver<WalkOptions>;
  readonly options: WalkOptions;
}

/** The solvers of `ssb clone`, all with noise of their own. */
export type CloneSolverName = "ddpm" | "ddpm-small" | "sde-dpm++";

/** By name. `ddpm` is that of Biroli et al. 2024: ancestral, sigma² = beta, nothing clipped. */
export const CLONE_SOLVERS: Readonly<Record<CloneSolverName, CloneSolver>> = {
  ddpm: withOptions(ddpm, { variance: "fixedLarge" }),
  "ddpm-small": withOptions(ddpm, { variance: "fixedSmall" }),
  "sde-dpm++": withOptions(dpmMultistep, { algorithm: "sde-dpmsolver++" }),
};

function withOptions<Options extends WalkOptions>(
  solver: Solver<Options>,
  options: Omit<Options, "noise" | "signal">,
): CloneSolver {
  return { solver: solver as Solver<WalkOptions>, options: options as WalkOptions };
}
