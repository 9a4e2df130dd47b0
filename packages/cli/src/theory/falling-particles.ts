import {
  type GaussianMixture,
  generativePotential,
  ou,
  philoxNoise,
  processLevels,
} from "@symbreak/core";
import type { PotentialCut } from "@symbreak/figures";
import { ddpm, exactDenoiser } from "@symbreak/samplers";

/** Where one-dimensional particles go under the exact reverse diffusion. */
export interface FallingParticles {
  /** OU times, descending. */
  readonly times: number[];
  readonly paths: { readonly x: number[]; readonly decision: 1 | -1 }[];
}

/** Ancestral steps from late noise to the data; every fourth is kept. */
const STEPS = 480;
const KEPT = 4;

/** Sends `count` particles down the potential of a one-dimensional mixture, from OU time `late`, with the DDPM sampler. */
export async function fallingParticles(
  mixture: GaussianMixture,
  { late, count, seed }: { late: number; count: number; seed: number },
): Promise<FallingParticles> {
  const early = 1e-3;
  // Quadratic in time: steps shrink towards the data, where the score is steep.
  const all = Array.from(
    { length: STEPS + 1 },
    (_, i) => early + (late - early) * (1 - i / STEPS) ** 2,
  );
  const levels = processLevels(ou(), all, null);
  const noise = philoxNoise(seed);
  const start = mixture.sample(count, noise, levels[0]);
  const times = [late];
  const states: ArrayLike<number>[] = [start];
  for await (const { x, level, index } of ddpm().walk(exactDenoiser(mixture), start, levels, {
    noise,
  })) {
    if (index % KEPT !== 0) continue;
    times.push(level.timestep);
    states.push(Float64Array.from(x));
  }
  const paths = Array.from({ length: count }, (_, i) => ({
    x: states.map((state) => state[i]!),
    decision: (states.at(-1)![i]! > 0 ? 1 : -1) as 1 | -1,
  }));
  return { times, paths };
}

/** The generative potential at a few amplitudes, with the particles where they are then. */
export function cutsOf(
  mixture: GaussianMixture,
  { times, paths }: FallingParticles,
  thetas: readonly number[],
  edge: number,
): PotentialCut[] {
  const x = Float64Array.from({ length: 161 }, (_, i) => edge * (i / 80 - 1));
  return thetas.map((theta) => {
    const level = { alpha: theta, sigma: Math.sqrt(1 - theta * theta) };
    const at = times.findIndex((time) => Math.exp(-time) >= theta);
    const here = Float64Array.from(paths, (path) => path.x[at]!);
    const heights = generativePotential(mixture, here, level);
    return {
      label: `θ = ${Number(theta.toPrecision(3))}`,
      x,
      u: generativePotential(mixture, x, level),
      particles: paths.map(({ decision }, i) => ({ x: here[i]!, u: heights[i]!, decision })),
    };
  });
}
