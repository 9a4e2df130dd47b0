import type { NoiseLevel, Prediction, Process } from "@symbreak/core";
import { denoising, noiseErrorPer } from "./denoising.ts";
import type { Objective } from "./objective.ts";

/** Settings of {@link scoreSde}. */
export interface ScoreSdeOptions {
  /** `vp`, `ve`, `subVp`, `ou` of core. */
  readonly process: Process;
  /** Default "epsilon", which is −sigma times the score; "score" for a network whose output is the score itself. */
  readonly prediction?: Prediction;
  /** "simple" (default): |sigma·score + ε|². "likelihood": g²·|score + ε/sigma|², a bound on the likelihood. */
  readonly weighting?: "simple" | "likelihood";
  /** Cleanest time that is trained. Default 1e-5. */
  readonly tMin?: number;
  /** What the network is told of a level; the time by default. For a U-Net's sinusoids: `({ timestep }) => 999 * timestep`. */
  readonly timestep?: (level: NoiseLevel) => number;
}

/** The continuous score matching loss at uniform times (Song et al. 2021, eq. 7; likelihood weighting: Song, Durkan et al. 2021). */
export function scoreSde({
  process,
  prediction = "epsilon",
  weighting = "simple",
  tMin = 1e-5,
  timestep,
}: ScoreSdeOptions): Objective {
  const factor = ({ timestep: t, sigma }: NoiseLevel): number =>
    weighting === "simple" ? 1 : (process.diffusion(t) / sigma) ** 2;
  return denoising({
    name: `${process.name} score, ${weighting} weighting`,
    prediction,
    level: (fraction) => process.level(tMin + fraction * (process.tMax - tMin)),
    weight: (level) => factor(level) * noiseErrorPer(prediction, level),
    timestep,
  });
}
