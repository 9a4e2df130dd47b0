/** A student of few steps as plain data: who teaches it, where it begins, and how long it learns. */
export interface DistilConfig {
  readonly name: string;
  /** The network whose walk is learned, and whose weights the student begins with: `zoo:<name>`, a run, a file. */
  readonly teacher: string;
  /** The indices of the student's steps, descending: it begins at the first, a late start, and ends at clean data. */
  readonly timesteps: readonly number[];
  /** What the loss of each step counts: an error of the first grows most until the end. */
  readonly counts: readonly number[];
  /** Steps of the teacher's DPM-Solver++ 2M in each step of the student. */
  readonly teacherSteps: number;
  /** How many of the teacher's walks are learned, and the seed of their noise. */
  readonly trajectories: number;
  readonly seed: number;
  /** Adam's rate after a warm-up, falling along a cosine; Muon's share of it for matrices; decay of the averaged weights. */
  readonly optimiser: {
    readonly rate: number;
    readonly warmUp: number;
    readonly muon: number | null;
    readonly average: number;
  };
  /** Pairs in a step of the optimiser, and how many such steps. */
  readonly batch: number;
  readonly steps: number;
}

/** Gives a config file its types. */
export function defineDistil(config: DistilConfig): DistilConfig {
  return config;
}
