import type { NoiseLevel } from "../level.ts";

/**
 * What takes clean data to noise, discrete or continuous: the noise level at each of its times.
 *
 * A time is what the network was told in training: the index of a chain, the t of an SDE, ln(sigma)/4 of EDM. The chain
 * of a DDPM (`discreteSchedule`), the SDEs (`vp`, `subVp`, `ve`, `ou`, `vdm`), `edm`, `flow` and a list of scales
 * (`scales`) are all of this kind.
 */
export interface ForwardProcess {
  /** "discrete", "vp", "ve", …: the name in the table of `forwardProcess`. */
  readonly name: string;
  /** What makes this process again, as plain JSON: `forwardProcess(process.spec)`. */
  readonly spec: ProcessSpec;
  /** The cleanest time that samplers go down to. */
  readonly tMin: number;
  /** The noisiest time, where sampling starts. */
  readonly tMax: number;
  /** Set where the network knows whole times only (the number of a noise scale): grids keep to them. */
  readonly whole?: boolean | undefined;
  /** alpha and sigma at a time, which is also the level's timestep. */
  level(time: number): NoiseLevel;
  /**
   * The time with this log SNR (nats): the inverse of `logSnr(level(time))`. It may lie beyond tMin or tMax; where there
   * is no such time it is Infinity (noisier than the end of a chain).
   */
  timeAt(logSnr: number): number;
}

/** A process as plain JSON: its name and its settings. */
export interface ProcessSpec {
  readonly name: string;
  readonly [setting: string]: unknown;
}
