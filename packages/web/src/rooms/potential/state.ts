import { computed, type ReadonlySignal } from "@preact/signals";
import {
  type BifurcationDiagram,
  hypersphereCriticalAlphaBar,
  type Landscape,
  mixtureCriticals,
  readClock,
  speciationOuTime,
  twoGaussiansCritical,
} from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { CHAIN, timestepOf } from "../../physics/chain.ts";
import { branchesAlong } from "../../physics/landscape.ts";
import { type LineLaw, mixtureLine, sphereLine } from "../../physics/line-law.ts";
import { chainRun, guidedDenoiser, record, type Walk } from "../../physics/walks.ts";
import type { Mark } from "../../state/cursor.ts";
import { derived } from "../../state/derived.ts";
import { defineState } from "../../state/url.ts";

const NAME = "potential";

export const state = defineState(NAME, {
  law: "two",
  means: [-1, 1],
  weights: [1, 1],
  deviation: 0,
  dimension: 2,
  guidance: 0,
  eta: 1,
  count: 300,
  seed: 1,
});

/** What the thumbnails put in place. */
export const PRESETS = {
  two: { means: [-1, 1], weights: [1, 1], deviation: 0 },
  four: { means: [-2.4, -1.3, 1.3, 2.4], weights: [1, 1, 1, 1], deviation: 0.1 },
  unequal: { means: [-1, 1], weights: [2, 1], deviation: 0.2 },
  sphere: { means: [-1, 1], weights: [1, 1], deviation: 0 },
} as const;

/** The law in view. */
export const law: ReadonlySignal<LineLaw> = computed(() =>
  state.law.value === "sphere"
    ? sphereLine(state.dimension.value)
    : mixtureLine(state.means.value, state.weights.value, state.deviation.value),
);

/** Both walks from the same noise: by the SDE, or with eta's part of its noise; and by the probability flow. */
const walks: ReadonlySignal<{ sde: Walk; flow: Walk } | undefined> = derived(NAME, () => {
  const { distribution, mixture } = law.value;
  const [scale, eta, count, seed] = [
    state.guidance.value,
    state.eta.value,
    state.count.value,
    state.seed.value,
  ];
  return async (signal) => {
    const denoiser =
      mixture === undefined || scale === 0
        ? exactDenoiser(distribution)
        : guidedDenoiser(mixture, mixture.weights.length - 1, scale);
    const particles = { count, seed, signal };
    return {
      sde: await record({ ...chainRun(denoiser, eta), ...particles }),
      flow: await record({ ...chainRun(denoiser, 0), ...particles }),
    };
  };
});

export const sdeWalk: ReadonlySignal<Walk | undefined> = computed(() => walks.value?.sde);
export const flowWalk: ReadonlySignal<Walk | undefined> = computed(() => walks.value?.flow);

/** Wells and barriers of what each side rolls in. */
export const sdeBranches = branchesOf("potential");
export const flowBranches = branchesOf("drift");

function branchesOf(kind: Landscape): ReadonlySignal<BifurcationDiagram | undefined> {
  return derived(NAME, () => {
    const along = law.value;
    return () => branchesAlong(along, kind);
  });
}

/** The law as two Gaussians about 0, where it is that. */
export const twoClasses = computed(() => {
  const { means, weights, deviation } = state;
  const [low, high] = means.value;
  if (means.value.length !== 2 || Math.abs(low! + high!) > 1e-9 || high === low) return undefined;
  const weight = weights.value[1]! / (weights.value[0]! + weights.value[1]!);
  if (!(weight > 0 && weight < 1)) return undefined;
  return {
    mean: Math.abs(high!),
    deviation: deviation.value,
    weight: high! > 0 ? weight : 1 - weight,
  };
});

/** Every critical time of a law that is not two classes about 0, landscape by landscape. */
const criticalTimes = derived(NAME, () => {
  const { means, weights, deviation } = state;
  if (state.law.value === "sphere" || twoClasses.value !== undefined) return () => undefined;
  const line = { means: means.value, weights: weights.value, deviations: deviation.value };
  return () => ({
    potential: mixtureCriticals(line, "potential"),
    drift: mixtureCriticals(line, "drift"),
  });
});

/** The timestep where a landscape splits first; none where it never does, or was split from the start. */
export const splits: Readonly<Record<"potential" | "drift", ReadonlySignal<number | undefined>>> = {
  potential: computed(() => splitOf("potential")),
  drift: computed(() => splitOf("drift")),
};

function splitOf(kind: "potential" | "drift"): number | undefined {
  if (state.law.value === "sphere") {
    const alphaBar = hypersphereCriticalAlphaBar(state.dimension.value);
    return kind === "potential" ? indexOf(alphaBar) : undefined;
  }
  const pair = twoClasses.value;
  if (pair === undefined) {
    const first = criticalTimes.value?.[kind][0];
    // The flow's outer valleys may be there from the start: then only a pitchfork is its centre letting go.
    if (first === undefined || (kind === "drift" && first.kind !== "pitchfork")) return undefined;
    return timestepOf(first.ouTime);
  }
  const alphaBar = twoGaussiansCritical(pair, kind);
  return alphaBar === null || alphaBar === 0 ? undefined : indexOf(alphaBar);
}

/** Whether the first split is a fold, which bears a second valley beside the first, and not a pitchfork. */
export const folds: ReadonlySignal<boolean> = computed(() => {
  if (state.law.value === "sphere") return false;
  const pair = twoClasses.value;
  if (pair !== undefined) return pair.weight !== 0.5;
  return criticalTimes.value?.potential[0]?.kind === "fold";
});

function indexOf(alphaBar: number): number | undefined {
  return readClock({ alphaBar }, CHAIN).ddpmIndex;
}

/** t_S, and where the two landscapes split. */
export const critical: ReadonlySignal<readonly Mark[]> = computed(() => {
  const found: Mark[] = [];
  const { potential, drift } = splits;
  if (potential.value !== undefined)
    found.push({ at: potential.value, symbol: "split", title: "the potential splits" });
  if (drift.value !== undefined)
    found.push({ at: drift.value, symbol: "ODE", title: "the flow's centre turns unstable" });
  const speciation = speciationOuTime(law.value.lambda);
  if (speciation !== null)
    found.push({ at: timestepOf(speciation), symbol: "t_S", title: "speciation time ½ ln Λ" });
  return found;
});
