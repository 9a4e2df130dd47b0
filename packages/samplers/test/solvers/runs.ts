import {
  exponentialSigmas,
  gaussianMixture,
  levelOfSigma,
  type NoiseLevel,
  noiseToSignal,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "../../src/index.ts";
import * as all from "../../src/index.ts";

/** The last step of a run. */
export async function finalStep(run: AsyncIterable<all.Step>): Promise<all.Step> {
  let last: all.Step | undefined;
  for await (const step of run) last = step;
  return last!;
}

/** Where a run ends. */
export async function finalSamples(run: AsyncIterable<all.Step>): Promise<Samples> {
  return (await finalStep(run)).x;
}

/** n steps, even in log SNR, variance preserving, from sigma/alpha = `top` to `bottom`. */
export function evenLevels(steps: number, top = 20, bottom = 0.1): NoiseLevel[] {
  const sigmas = exponentialSigmas(steps + 1, { sigmaMax: top, sigmaMin: bottom });
  return Array.from(sigmas, (sigma, i) => levelOfSigma(sigma, 1000 * (1 - i / steps)));
}

/** The same levels with alpha = 1. */
export function exploding(levels: readonly NoiseLevel[]): NoiseLevel[] {
  return levels.map((level) => ({
    alpha: 1,
    sigma: noiseToSignal(level),
    timestep: level.timestep,
  }));
}

/** E[x0 | x] of a 1-D Gaussian N(mean, variance). */
export function gaussianDenoiser(mean: number, variance: number): Denoiser {
  return {
    shape: [1],
    predicts: "sample",
    predict: async (x, { alpha, sigma }) => {
      const gain = (alpha * variance) / (alpha ** 2 * variance + sigma ** 2);
      return Float64Array.from(x, (value) => mean + gain * (value - alpha * mean));
    },
  };
}

/** E[x0 | x] of an asymmetric 1-D mixture of two Gaussians. */
export function mixtureDenoiser(): Denoiser {
  const mixture = gaussianMixture({
    weights: [0.3, 0.7],
    means: [[-1], [0.8]],
    covariances: [0.15, 0.3],
  });
  return { shape: [1], predicts: "sample", predict: async (x, level) => mixture.denoise(x, level) };
}

/** A solver with settings, by name: every one there is. */
export interface Case {
  readonly name: string;
  readonly solver: all.Solver;
  /** Of convergence, where it is deterministic. */
  readonly order?: number;
  /** Converges in distribution. */
  readonly stochastic?: boolean;
}

const entry = (name: string, solver: all.Solver, order?: number | "stochastic"): Case => ({
  name,
  solver,
  ...(order === "stochastic" ? { stochastic: true } : order !== undefined && { order }),
});

const steady = { lowerOrderFinal: false };

/** Every solver, at every order. */
export const CASES: readonly Case[] = [
  entry("ddim", all.ddim(), 1),
  entry("ddim, eta 1", all.ddim({ eta: 1 }), "stochastic"),
  entry("ddpm", all.ddpm(), "stochastic"),
  entry("pndm", all.pndm(), 2),
  entry("pndm, skip-PRK", all.pndm({ skipPrk: true }), 2),
  entry("ipndm", all.ipndm(), 2),
  entry("euler", all.euler(), 1),
  entry("euler, churn", all.euler({ churn: { amount: 5 } }), "stochastic"),
  entry("eulerAncestral", all.eulerAncestral(), "stochastic"),
  entry("heun", all.heun(), 2),
  entry(
    "edmStochastic",
    all.edmStochastic({
      churn: { amount: 5, min: 0, max: Infinity, noise: 1 },
    }),
    "stochastic",
  ),
  entry("lms 2", all.lms({ order: 2 }), 2),
  entry("lms 3", all.lms({ order: 3 }), 3),
  entry("lms 4", all.lms(), 3.4),
  entry("kdpm2", all.kdpm2(), 2),
  entry("kdpm2Ancestral", all.kdpm2Ancestral(), "stochastic"),
  entry("dpmMultistep 1", all.dpmMultistep({ order: 1, ...steady }), 1),
  entry("dpmMultistep 2", all.dpmMultistep({ order: 2, ...steady }), 2),
  entry("dpmMultistep 2, heun", all.dpmMultistep({ solverType: "heun", ...steady }), 2),
  entry("dpmMultistep 3", all.dpmMultistep({ order: 3, ...steady }), 3),
  entry("dpmMultistep 2, epsilon", all.dpmMultistep({ algorithm: "dpmsolver", ...steady }), 2),
  entry(
    "dpmMultistep, SDE 1",
    all.dpmMultistep({
      order: 1,
      algorithm: "sde-dpmsolver++",
    }),
    "stochastic",
  ),
  entry(
    "dpmMultistep, SDE 2",
    all.dpmMultistep({
      algorithm: "sde-dpmsolver++",
      ...steady,
    }),
    "stochastic",
  ),
  entry(
    "dpmMultistep, SDE 3",
    all.dpmMultistep({
      order: 3,
      algorithm: "sde-dpmsolver++",
      ...steady,
    }),
    "stochastic",
  ),
  entry("dpmSinglestep 2", all.dpmSinglestep({ order: 2 }), 2),
  entry("dpmSinglestep 3", all.dpmSinglestep({ order: 3 }), 3),
  entry("dpmSinglestep 3, heun", all.dpmSinglestep({ order: 3, solverType: "heun" }), 3),
  entry("deis 2", all.deis({ order: 2, ...steady }), 2),
  entry("deis 3", all.deis({ order: 3, ...steady }), 3),
  entry("uniPc 1", all.uniPc({ order: 1, ...steady }), 2),
  entry("uniPc 2", all.uniPc({ order: 2, ...steady }), 3),
  entry("uniPc 2, bh1", all.uniPc({ order: 2, solverType: "bh1", ...steady }), 3),
  // Of a consistency function, which no denoiser here is: it has no order.
  entry("consistency", all.consistency()),
  entry("uniPc 3", all.uniPc({ order: 3, ...steady }), 4),
  entry("uniPc 2, epsilon", all.uniPc({ order: 2, predictX0: false, ...steady }), 3),
];
