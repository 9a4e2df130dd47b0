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
import { CHAIN, timestepOf } from "../../physics/chain.ts";
import { type LineLaw, mixtureLine, sphereLine } from "../../physics/line-law.ts";
import type { Walk } from "../../physics/walks.ts";
import type { Mark } from "../../state/cursor.ts";
import { derived } from "../../state/derived.ts";
import { defineState } from "../../state/url.ts";
import { exactly } from "../../workers/exactly.ts";

const NAME = "potential";

export const state = defineState(NAME, {
  law: "two",
  means: [-1, 1],
  weights: [1, 1],
  deviation: 0,
  dimension: 2,
  guidance: 0,
  eta: 1,
  temperature: 1,
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
  const asked = {
    law: law.value.spec,
    guidance: state.guidance.value,
    eta: state.eta.value,
    temperature: state.temperature.value,
    count: state.count.value,
    seed: state.seed.value,
  };
  return (signal) => exactly(signal, (worker, task) => worker.twoWays(task, asked));
});

export const sdeWalk: ReadonlySignal<Walk | undefined> = computed(() => walks.value?.sde);
export const flowWalk: ReadonlySignal<Walk | undefined> = computed(() => walks.value?.flow);

/** Wells and barriers of what each side rolls in. */
export const sdeBranches = branchesOf("potential");
export const flowBranches = branchesOf("drift");

function branchesOf(kind: Landscape): ReadonlySignal<BifurcationDiagram | undefined> {
  return derived(NAME, () => {
    const { spec } = law.value;
    return (signal) => exactly(signal, (worker, task) => worker.branches(task, spec, kind));
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

/** Timesteps of the potential's later splits, each once: mirror images come together. */
function laterFolds(): number[] {
  const [, ...later] = criticalTimes.value?.potential ?? [];
  return [...new Set(later.map(({ ouTime }) => Math.round(timestepOf(ouTime))))];
}

/** t_S, and where the two landscapes split. */
export const critical: ReadonlySignal<readonly Mark[]> = computed(() => {
  const found: Mark[] = [];
  const { potential, drift } = splits;
  if (potential.value !== undefined)
    found.push(
      folds.value
        ? { at: potential.value, symbol: "fold", title: "a second valley is born beside the first" }
        : { at: potential.value, symbol: "split", title: "the potential's valley splits" },
    );
  for (const at of laterFolds())
    found.push({ at, symbol: "fold", title: "a further valley is born" });
  if (drift.value !== undefined)
    found.push({ at: drift.value, symbol: "ODE", title: "the flow's centre turns unstable" });
  const speciation = speciationOuTime(law.value.lambda);
  if (speciation !== null)
    found.push({ at: timestepOf(speciation), symbol: "t_S", title: "speciation time ½ ln Λ" });
  return found;
});
