import type { DiscreteSchedule, Noise, NoiseLevel, Samples } from "@symbreak/core";

/**
 * Where a run begins: a distribution at a noise level.
 *
 * Any object of this shape is a start; `noiseStart`, `gaussianLateStart` and `noisedStart` make the usual ones.
 */
export interface Start {
  /** For reports: "noise", "gaussianLateStart", …. */
  readonly name: string;
  readonly level: NoiseLevel;
  /**
   * `count` samples at `level`, count × size, made from draw 0 of the noise. They are numbers `first` (default 0),
   * first + 1, … of the run; the noise knows which those are.
   */
  draw(count: number, noise: Noise, first?: number): Samples;
}

/** A start placed by a timestep: the level is known once the schedule is. */
export type ScheduledStart = (schedule: DiscreteSchedule) => Start;
