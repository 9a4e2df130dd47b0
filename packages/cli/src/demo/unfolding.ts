import type { Samples } from "@symbreak/core";
import { ddim, type SampleOptions, sample } from "@symbreak/samplers";

/** What the network believes on the way: the denoised estimates of a few samples, step by step. */
export interface Unfolding {
  readonly samples: number;
  /** DDPM index of each column. */
  readonly indices: readonly number[];
  /** Sample by sample, each the row of its estimates: samples × steps × size. */
  readonly estimates: Samples;
}

/** Follows `count` samples from noise to an image in `steps` deterministic steps. */
export async function unfolding(
  run: Pick<SampleOptions, "network" | "denoiser" | "process" | "grid">,
  count: number,
  steps: number,
  seed: number,
): Promise<Unfolding> {
  const seen: Samples[] = [];
  const { levels } = await sample({
    ...run,
    solver: ddim(),
    steps,
    count,
    batch: count,
    seed,
    onStep: ({ denoised }) => seen.push(Float32Array.from(denoised)),
  });
  const size = seen[0]!.length / count;
  const estimates = new Float32Array(count * steps * size);
  for (let i = 0; i < count; i++)
    seen.forEach((batch, step) => {
      estimates.set(batch.subarray(i * size, (i + 1) * size), (i * steps + step) * size);
    });
  return {
    samples: count,
    indices: levels.slice(0, -1).map(({ timestep }) => timestep),
    estimates,
  };
}
