import type { Noise, NoiseLevel, Samples, Units } from "@symbreak/core";

/**
 * Where a run begins: a distribution at a noise level, as a configured value.
 *
 * `noiseStart()`, `gaussianLateStart(moments, 400)` and `noisedStart(images, level)` make the usual ones; any object of this
 * shape is a start.
 */
export interface Start {
  /** "noise", "late", "noised", …; for protocols. */
  readonly name: string;
  /** Where it is: a level, a time of the run's process, or undefined for the top of the grid. */
  readonly at: NoiseLevel | number | undefined;
  /** The units of the clean data that it begins from, where they are known: a network of others refuses it. */
  readonly units?: Units | undefined;
  /** The distribution at that level, of samples of `size` values. */
  begin(level: NoiseLevel, size: number): Draw;
}

/**
 * `count` samples, count × size, made from draw 0 of the noise. They are numbers `first`, first + 1, … of the run (default
 * from 0); the noise knows which those are.
 */
export type Draw = (count: number, noise: Noise, first?: number) => Samples;
