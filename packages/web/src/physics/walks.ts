import {
  type GaussianMixture,
  levelList,
  levels,
  type Noise,
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
import { type LineLawSpec, lineLawOf } from "./line-law.ts";

/** Every state of a walk from noise to data. Plain data, as workers send them. */
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
  const noise = options.noise ?? philoxNoise(options.seed ?? 0, samples);
  const states: Samples[] = [run.draw(count, noise, first)];
  const rest = breathing();
  for await (const { x } of walk(run)) {
    states.push(x);
    await rest();
    options.signal?.throwIfAborted();
  }
  return { levels, states, nfe: run.counted.evaluations / count };
}

/** How particles of a law walk, with noise and without. Plain data. */
export interface TwoWays {
  readonly law: LineLawSpec;
  /** Scale of guidance to the last class; 0 for none, and for a sphere. */
  readonly guidance: number;
  /** 1: the reverse SDE; 0: the probability flow; between them a part of the noise. */
  readonly eta: number;
  /** Factor on the variance of the noise on the way, the potential staying as it is; 1 keeps the law of the data. */
  readonly temperature: number;
  readonly count: number;
  readonly seed: number;
}

/** Both ways of the same particles: by the SDE, or a part of it, and by the probability flow. */
export async function twoWays(
  { law, guidance, eta, temperature, count, seed }: TwoWays,
  signal?: AbortSignal,
): Promise<{ readonly sde: Walk; readonly flow: Walk }> {
  const { distribution, mixture } = lineLawOf(law);
  const denoiser =
    mixture === undefined || guidance === 0
      ? exactDenoiser(distribution)
      : guidedDenoiser(mixture, mixture.weights.length - 1, guidance);
  const noise = temperature === 1 ? { seed } : { noise: heated(philoxNoise(seed), temperature) };
  const particles = { count, ...(signal && { signal }) };
  return {
    sde: await record({ ...chainRun(denoiser, eta), ...particles, ...noise }),
    flow: await record({ ...chainRun(denoiser, 0), ...particles, seed }),
  };
}

/** Noise of another temperature; where particles begin (draw 0) stays. */
function heated(noise: Noise, temperature: number): Noise {
  const factor = Math.sqrt(temperature);
  return (out, size, draw) => {
    noise(out, size, draw);
    if (draw > 0) for (let i = 0; i < out.length; i++) out[i]! *= factor;
  };
}

/** Classifier-free guidance with exact parts: from the mixture towards one component. Scale 0 is the mixture itself. */
function guidedDenoiser(mixture: GaussianMixture, component: number, scale: number): Denoiser {
  const conditional = exactDenoiser(mixture.conditional([component]));
  return classifierFree({ conditional, unconditional: exactDenoiser(mixture), scale });
}

/** The batch of a walk at a timestep, its neighbours in the list joined by straight lines. */
export function stateAt({ levels: list, states }: Walk, timestep: number): Float64Array {
  const next = list.findIndex((each) => each.timestep <= timestep);
  if (next <= 0) return Float64Array.from(states.at(next === 0 ? 0 : -1)!);
  const [early, late] = [list[next - 1]!.timestep, list[next]!.timestep];
  const share = (early - Math.max(BOTTOM, timestep)) / (early - late);
  const [from, to] = [states[next - 1]!, states[next]!];
  return Float64Array.from(to, (value, i) => (1 - share) * from[i]! + share * value);
}
