import {
  type GaussianMixture,
  levelList,
  levels,
  type NoiseLevel,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import {
  classifierFree,
  type Denoiser,
  ddim,
  exactDenoiser,
  plan,
  type SampleOptions,
  walk,
} from "@symbreak/samplers";
import { breathing } from "./breathing.ts";
import { BOTTOM, CHAIN, TOP } from "./chain.ts";

/** Every state of a walk from noise to data. */
export interface Walk {
  readonly levels: readonly NoiseLevel[];
  /** The batch at each level. */
  readonly states: readonly Samples[];
  /** Network calls a sample. */
  readonly nfe: number;
}

/** Timesteps between two levels of the drawn walks. */
const STRIDE = 5;

/** The levels of the drawn walks: every fifth of the chain, then clean data. */
export const WALK_LEVELS: readonly NoiseLevel[] = levels(
  CHAIN,
  Array.from({ length: (TOP + 1) / STRIDE }, (_, i) => TOP - STRIDE * i),
);

/** The reverse SDE (eta = 1, as DDPM) to the probability flow (eta = 0) on those levels, in double precision. */
export function chainRun(denoiser: Denoiser, eta: number) {
  return {
    denoiser,
    solver: ddim({ eta }),
    grid: levelList(WALK_LEVELS),
    precision: "float64",
  } as const satisfies SampleOptions;
}

/** A run as `sample` makes it, with every state on its way; all samples go in one batch. */
export async function record(options: SampleOptions): Promise<Walk> {
  const run = plan({ ...options, batch: options.count ?? 1 });
  const { count, first, levels } = run;
  const samples = Float64Array.from({ length: count }, (_, i) => first + i);
  const states: Samples[] = [run.draw(count, philoxNoise(options.seed ?? 0, samples), first)];
  const rest = breathing();
  for await (const { x } of walk(run)) {
    states.push(x);
    await rest();
    options.signal?.throwIfAborted();
  }
  return { levels, states, nfe: run.counted.evaluations / count };
}

/** Classifier-free guidance with exact parts: from the mixture towards one component. Scale 0 is the mixture itself. */
export function guidedDenoiser(
  mixture: GaussianMixture,
  component: number,
  scale: number,
): Denoiser {
  const conditional = exactDenoiser(mixture.conditional([component]));
  return classifierFree({ conditional, unconditional: exactDenoiser(mixture), scale });
}

/** The batch of a walk at a timestep, its neighbours in the list joined by straight lines. */
export function stateAt({ levels: list, states }: Walk, timestep: number): Float64Array {
  const times = list.map((each) => each.timestep);
  const next = times.findIndex((time) => time <= timestep);
  if (next <= 0) return Float64Array.from(states.at(next === 0 ? 0 : -1)!);
  const [early, late] = [times[next - 1]!, times[next]!];
  const share = (early - Math.max(BOTTOM, timestep)) / (early - late);
  const [from, to] = [states[next - 1]!, states[next]!];
  return Float64Array.from(to, (value, i) => (1 - share) * from[i]! + share * value);
}
