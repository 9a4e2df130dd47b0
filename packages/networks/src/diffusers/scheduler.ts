import type { ForwardProcess, NoiseLevel, Precision } from "@symbreak/core";
import type { Denoiser, Solver, WalkOptions } from "@symbreak/samplers";
import type { SchedulerConfig } from "./config.ts";
import type { SchedulerClass } from "./defaults.ts";

/** A diffusers scheduler as our parts, ready for `sample` or a loop over the solver's steps. */
export interface Scheduler extends Parts {
  /** Its class in diffusers, such as "DDIMScheduler". */
  readonly className: SchedulerClass;
  /** The whole config: snake_case, defaults filled in, unknown keys kept. */
  readonly config: SchedulerConfig;
}

/** What a class's config comes to. */
export interface Parts {
  readonly solver: Solver;
  /** What the config says of each step: thresholding, the table of the training levels. */
  readonly options: WalkOptions;
  /** The forward process that the network was trained on. */
  readonly process: ForwardProcess;
  /**
   * The levels of a run of so many steps, n + 1 of them, or of the timesteps or sigmas given. With `from`, those of a
   * late start from there down: ⌊linspace(0, s, n)⌋ on a chain, the class's own grid of sigmas for EDM.
   */
  levels(steps: StepRequest, from?: NoiseLevel): NoiseLevel[];
  /** Adds to a network, called as diffusers calls it, what the config says about its output. */
  denoiserOf(network: BareNetwork): Denoiser;
  /** diffusers' `init_noise_sigma` for a run over `levels`: the factor on unit noise, in sigma space where it works there. */
  initNoiseSigma(levels: readonly NoiseLevel[]): number;
  /** The solver and the options for a run of so many steps: under parity with diffusers' quirks, otherwise as above. */
  run(steps: StepRequest): Walked;
}

/** A configured solver and the options of its walk. */
export interface Walked {
  readonly solver: Solver;
  readonly options: WalkOptions;
}

/** How many steps, or exactly which; `sigmas` are noise per signal, the final one included. */
export type StepRequest =
  | number
  | { readonly timesteps: readonly number[] }
  | { readonly sigmas: readonly number[] };

/** A network that does not yet know what it predicts. */
export type BareNetwork = Omit<Denoiser, "predicts">;

/** How a config is read. */
export interface ReadingOptions {
  /** Tables in double precision (default), or in diffusers' float32. */
  readonly precision?: Precision;
  /** "diffusers" reproduces its numbers, quirks included (see README). Default: what the algorithms say. */
  readonly parity?: "diffusers";
}
