import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type BifurcationDiagram,
  classSignal,
  cloningProbability,
  readClock,
  speciationOuTime,
  type TwoGaussians,
  twoGaussiansCritical,
} from "@symbreak/core";
import { proxy } from "comlink";
import { CHAIN, noisyLevel, timestepOf } from "../../physics/chain.ts";
import type { CloningCurve, Fan, Turn, UTurn } from "../../physics/clones.ts";
import { type LineLaw, mixtureLine } from "../../physics/line-law.ts";
import type { Walk } from "../../physics/walks.ts";
import { at, type Mark } from "../../state/cursor.ts";
import { derived } from "../../state/derived.ts";
import { defineState } from "../../state/url.ts";
import { exactly } from "../../workers/exactly.ts";

const NAME = "clones";

/** No guess yet, or no particle cloned. */
export const NONE = -2;

export const state = defineState(NAME, {
  mean: 2,
  deviation: 0.5,
  weight: 0.5,
  seed: 1,
  guess: NONE as number,
  particle: NONE as number,
  cloned: 0,
});

/** Particles whose ways are drawn. */
export const PARTICLES = 40;

const pair: ReadonlySignal<TwoGaussians> = computed(() => ({
  mean: state.mean.value,
  deviation: state.deviation.value,
  weight: state.weight.value,
}));

export const law: ReadonlySignal<LineLaw> = computed(() => {
  const { mean, deviation, weight = 0.5 } = pair.value;
  return mixtureLine([-mean, mean], [1 - weight, weight], deviation);
});

/** The reverse SDE as it is. */
const PLAIN = { count: PARTICLES, guidance: 0, eta: 1, temperature: 1 } as const;

export const walk: ReadonlySignal<Walk | undefined> = derived(NAME, () => {
  const asked = { law: law.value.spec, seed: state.seed.value, ...PLAIN };
  return async (signal) =>
    (await exactly(signal, (worker, task) => worker.twoWays(task, asked))).sde;
});

export const branches: ReadonlySignal<BifurcationDiagram | undefined> = derived(NAME, () => {
  const { spec } = law.value;
  return (signal) => exactly(signal, (worker, task) => worker.branches(task, spec, "potential"));
});

/** The closed form of phi at a timestep. */
export function exactPhi(timestep: number): number {
  const { mean, deviation, weight } = pair.value;
  return cloningProbability(classSignal(mean, deviation, noisyLevel(timestep)), weight);
}

/** The futures of the particle that was cloned. */
export const fan: ReadonlySignal<Fan | undefined> = derived(NAME, () => {
  const { spec } = law.value;
  const [seed, particle, cloned] = [state.seed.value, state.particle.value, state.cloned.value];
  const way = walk.value;
  if (way === undefined || particle < 0 || particle >= PARTICLES) return () => undefined;
  return (signal) =>
    exactly(signal, (worker, task) => worker.fan(task, spec, way, seed, particle, cloned));
});

/** t_S, where the potential splits, and the threshold that both are compared at. */
export const speciation: ReadonlySignal<number | undefined> = computed(() => {
  const time = speciationOuTime(law.value.lambda);
  return time === null ? undefined : timestepOf(time);
});

export const split: ReadonlySignal<number | undefined> = computed(() => {
  const alphaBar = twoGaussiansCritical(pair.value);
  return alphaBar === null ? undefined : readClock({ alphaBar }, CHAIN).ddpmIndex;
});

export const revealed: ReadonlySignal<boolean> = computed(() => state.guess.value !== NONE);

/** The critical times are the answer, and stay hidden until the reader has guessed. */
export const critical: ReadonlySignal<readonly Mark[]> = computed(() => {
  if (!revealed.value) return [];
  const found: Mark[] = [{ at: state.guess.value, symbol: "guess", title: "your guess" }];
  if (speciation.value !== undefined)
    found.push({ at: speciation.value, symbol: "t_S", title: "speciation time ½ ln Λ" });
  return found;
});

/** phi as it has been measured so far. */
export const measured: Signal<{ curve: CloningCurve; trajectories: number } | undefined> =
  signal(undefined);

/** Measures while the room is open and the reader has guessed. */
derived(NAME, () => {
  const { spec } = law.value;
  const seed = state.seed.value;
  measured.value = undefined;
  if (!revealed.value) return () => undefined;
  return (signal) => {
    const grown = (curve: CloningCurve, trajectories: number) => {
      if (!signal.aborted) measured.value = { curve, trajectories };
    };
    return exactly(signal, (worker, task) => worker.cloning(task, spec, seed, proxy(grown)));
  };
});

/** The cursor's time in steps of 25, so that dragging it asks for few U-turns. */
const turnAt = computed(() => 25 * Math.round(at.value / 25));

/** U-turns of some points to the cursor's time. */
export const turn: ReadonlySignal<Turn | undefined> = derived(NAME, () => {
  const { spec } = law.value;
  const seed = state.seed.value;
  const timestep = Math.max(0, Math.round(turnAt.value));
  return (signal) =>
    exactly(signal, (worker, task) => worker.turn(task, spec, seed, PARTICLES, timestep));
});

export const turns: ReadonlySignal<UTurn | undefined> = derived(NAME, () => {
  const { spec } = law.value;
  const seed = state.seed.value;
  if (!revealed.value) return () => undefined;
  return (signal) => exactly(signal, (worker, task) => worker.turns(task, spec, seed));
});
