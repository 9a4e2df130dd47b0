import {
  type Distribution,
  discreteSchedule,
  exponentialSigmas,
  flow,
  type Gaussian,
  type GaussianMixture,
  gaussian,
  gaussianMixture,
  levelAt,
  type NoiseLevel,
  type Process,
  subVp,
  ve,
  vp,
} from "@symbreak/core";
import {
  type Engine,
  fixedLinear,
  flowMatching,
  hybrid,
  learnedMonotone,
  mlp,
  type NoiseSchedule,
  type Objective,
  scoreMatching,
  scoreSde,
  simple,
  variationalBound,
  variationalDiffusion,
  vdmProcess,
} from "../../src/index.ts";
import { scoreError, type Trial } from "./score-error.ts";

/** An objective, the levels at which its score is judged, what times are scaled by, and outputs for each dimension. */
export type Case = readonly [
  objective: Objective,
  levels: Trial["levels"],
  timeScale: number,
  outputs?: number,
];

const variances = Float64Array.of(0.16);
export const normal: Gaussian = gaussian({
  size: 1,
  mean: Float64Array.of(0.2),
  covariance: { kind: "diagonal", variances },
});
export const mixture: GaussianMixture = gaussianMixture({
  weights: [0.7, 0.3],
  means: [
    [0.9, 0.45],
    [-0.9, -0.45],
  ],
  covariances: [0.05, 0.05],
});

const schedule = discreteSchedule({ steps: 100, betaStart: 1e-3, betaEnd: 0.12 });
const chain = [3, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((t) => levelAt(schedule, t));
const sigmas = exponentialSigmas(10, { sigmaMin: 0.1, sigmaMax: 3 });
const scales = Array.from(sigmas, (sigma, i): NoiseLevel => ({ alpha: 1, sigma, timestep: i }));
const fractions = Array.from({ length: 10 }, (_, i) => 0.05 + 0.1 * i);
const along = ({ tMax, level }: Process): NoiseLevel[] => fractions.map((f) => level(f * tMax));
const sde = (process: Process, weighting: "simple" | "likelihood"): Case => {
  const tMin = 0.02;
  return [scoreSde({ process, weighting, tMin }), () => along(process), 1000];
};
const vdm = (noise: NoiseSchedule, steps?: number): Case => {
  const objective = variationalDiffusion({
    schedule: noise,
    data: "real",
    ...(steps && { steps }),
  });
  return [objective, (weights) => fractions.map(vdmProcess(noise, weights).level), 1000];
};
const ends = { min: -5, max: 4 };

export const cases: readonly Case[] = [
  [simple({ schedule }), () => chain, 10],
  [simple({ schedule, prediction: "v" }), () => chain, 10],
  [simple({ schedule, prediction: "sample" }), () => chain, 10],
  [simple({ schedule, minSnr: 5 }), () => chain, 10],
  [hybrid({ schedule }), () => chain, 10, 2],
  [variationalBound({ schedule }), () => chain, 10, 2],
  [variationalBound({ schedule, importance: true }), () => chain, 10, 2],
  [scoreMatching({ sigmas }), () => scales, 100],
  [scoreMatching({ sigmas, prediction: "epsilon" }), () => scales, 100],
  sde(ve({ sigmaMin: 0.05, sigmaMax: 3 }), "simple"),
  sde(vp(), "simple"),
  sde(subVp(), "simple"),
  sde(vp(), "likelihood"),
  [flowMatching({ timeScale: 1 }), () => fractions.map((t) => flow().level(t)), 1000],
  vdm(fixedLinear(ends)),
  vdm(fixedLinear(ends), 50),
  vdm(learnedMonotone({ ...ends, units: 32 })),
];

/** The error of a small network trained for so many steps; data by seed 2, weights by seed 1, noise and times by seed 3. */
export function errorOf(
  engine: Engine,
  distribution: Distribution,
  [objective, levels, timeScale, outputs = 1]: Case,
  steps: number,
): Promise<number> {
  const { size } = distribution;
  const outSize = outputs * size;
  const model = mlp({ size, outSize, width: 32, depth: 2, timeFeatures: 16, timeScale });
  return scoreError({ engine, distribution, model, objective, levels, steps });
}
