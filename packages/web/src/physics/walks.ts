import {
  type Distribution,
  type GaussianMixture,
  levels,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import {
  classifierFree,
  type Denoiser,
  ddim,
  exactDenoiser,
  sampleSteps,
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

/** What a drawn walk is made of. */
export interface WalkOptions {
  readonly denoiser: Denoiser;
  readonly count: number;
  readonly seed: number;
  /** Noise of the walk: 1 the reverse SDE (as DDPM), 0 the probability flow, between them DDIM's eta. */
  readonly eta: number;
  readonly signal?: AbortSignal;
}

/** Walks the whole chain by DDIM. */
export async function walkChain({
  denoiser,
  count,
  seed,
  eta,
  signal,
}: WalkOptions): Promise<Walk> {
  const states: Samples[] = [];
  let nfe = 0;
  const rest = breathing();
  const remember: typeof ddim = async function* (network, x, list, options) {
    states.push(x);
    yield* ddim(network, x, list, options);
  };
  const run = {
    denoiser,
    solver: remember,
    options: { eta },
    levels: WALK_LEVELS,
    count,
    seed,
    batch: count,
  };
  for await (const step of sampleSteps({ ...run, precision: "float64" })) {
    states.push(step.x);
    nfe = step.nfe;
    await rest();
    signal?.throwIfAborted();
  }
  return { levels: WALK_LEVELS, states, nfe };
}

/** The exact denoiser of a law, guided towards one of a mixture's components by a scale; 1 is no guidance. */
export function lawDenoiser(law: Distribution): Denoiser {
  return exactDenoiser(law);
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
