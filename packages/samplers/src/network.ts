import type { ForwardProcess, Grid, Moments, Units } from "@symbreak/core";
import type { Denoiser } from "./denoiser.ts";
import type { Solver } from "./solver.ts";
import type { Threshold } from "./thresholding.ts";

/**
 * A trained network and all that is known about it: what every run, measurement and experiment needs, said once.
 *
 * `openNetwork` of `@symbreak/networks` makes them of runs, files, pipelines and the zoo; an object literal will do.
 */
export interface Network {
  /** For protocols: "zoo:mnist", a path, a name. */
  readonly name: string;
  /** SHA-256 of its weights, hexadecimal; null where there is none (an exact density). */
  readonly digest: string | null;
  readonly denoiser: Denoiser;
  /** The process that it was trained on. */
  readonly process: ForwardProcess;
  /** The units that it sees; data and moments in others are refused. */
  readonly units: Units;
  /** Mean and covariance of what it was trained on, often truncated, in its units: all that a late start needs. */
  readonly moments?: Moments | undefined;
  /** Set for class-conditional networks. */
  readonly classes?: NetworkClasses | undefined;
  /** How its makers sample it; each run may say otherwise. */
  readonly defaults?: NetworkDefaults | undefined;
  /** What it was trained on, to be loaded as held-out and reference data. */
  readonly trainedOn?: Readonly<Record<string, unknown>> | undefined;
}

/** The classes that a network knows. */
export interface NetworkClasses {
  readonly count: number;
  readonly names?: readonly string[] | undefined;
  /** Whether it can be asked without a class (label dropout), as classifier-free guidance needs. */
  readonly unconditional: boolean;
}

/** How a network is sampled unless a run says otherwise. */
export interface NetworkDefaults {
  readonly solver?: Solver | undefined;
  readonly grid?: Grid | undefined;
  readonly threshold?: Threshold | undefined;
}
