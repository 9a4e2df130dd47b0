import { computed, type ReadonlySignal } from "@preact/signals";
import { slicedWasserstein } from "@symbreak/analysis";
import { type GaussianMixture, philoxNoise, timestepList } from "@symbreak/core";
import { breathing } from "../../physics/breathing.ts";
import { CHAIN, TOP } from "../../physics/chain.ts";
import {
  automaticStart,
  distanceFrom,
  exactSamples,
  type FewSteps,
  GRID_NAMES,
  run,
  STEPPED,
} from "../../physics/few-steps.ts";
import { PLANE_LAWS, type PlaneLaw } from "../../physics/plane-laws.ts";
import type { Walk } from "../../physics/walks.ts";
import type { Mark } from "../../state/cursor.ts";
import { derived } from "../../state/derived.ts";
import { defineState } from "../../state/url.ts";

const NAME = "late-start";

export const state = defineState(NAME, {
  law: "moons",
  solver: "ddim",
  grid: "trailing",
  steps: 5,
  start: 400,
  own: [] as readonly number[],
  count: 600,
  seed: 1,
});

export const law: ReadonlySignal<GaussianMixture> = computed(
  () => PLANE_LAWS[(state.law.value in PLANE_LAWS ? state.law.value : "moons") as PlaneLaw].law,
);

/** How both columns are run; a late start must leave room for its steps. */
export const settings: ReadonlySignal<FewSteps> = computed(() => ({
  solver: state.solver.value in STEPPED ? state.solver.value : "ddim",
  grid: gridName(),
  steps: state.steps.value,
  own: state.own.value,
  count: state.count.value,
  seed: state.seed.value,
}));

/** The grid that was chosen; a list of one's own must descend. */
function gridName(): FewSteps["grid"] {
  const own = state.own.value;
  const descends = own.every((timestep, i) => i === 0 || timestep < own[i - 1]!);
  if (state.grid.value === "own" && (own.length === 0 || !descends)) return "trailing";
  return GRID_NAMES.find((name) => name === state.grid.value) ?? "trailing";
}

export const start: ReadonlySignal<number> = computed(() =>
  Math.min(TOP, Math.max(state.steps.value, Math.round(state.start.value))),
);

const exact: ReadonlySignal<Float64Array> = computed(() =>
  exactSamples(law.value, state.count.value),
);

/** What two sets of exact samples of this size are apart: nothing can be told below it. */
export const floor: ReadonlySignal<number> = computed(() => {
  const other = law.value.sample(state.count.value, philoxNoise(2 ** 41));
  return slicedWasserstein(other, exact.value, 2);
});

interface Column {
  readonly walk: Walk;
  readonly distance: number;
}

async function column(of: GaussianMixture, given: FewSteps, from?: number): Promise<Column> {
  const walk = await run(of, given, from);
  return { walk, distance: distanceFrom(exact.peek(), walk) };
}

export const noise: ReadonlySignal<Column | undefined> = derived(NAME, () => {
  const [of, given] = [law.value, settings.value];
  return () => column(of, given);
});

export const late: ReadonlySignal<Column | undefined> = derived(NAME, () => {
  const [of, given, from] = [law.value, settings.value, start.value];
  return () => column(of, given, from);
});

/** Levels of both columns, as they were run; a grid of one's own follows the hand at once. */
export const noiseLevels = computed(() =>
  settings.value.grid === "own"
    ? timestepList(state.own.value).levels(CHAIN, undefined)
    : (noise.value?.walk.levels ?? []),
);
export const lateLevels = computed(() => late.value?.walk.levels ?? []);

/** Distance of a late start against where it starts, at the same settings. */
export const curve: ReadonlySignal<readonly { at: number; distance: number }[] | undefined> =
  derived(NAME, () => {
    const [of, given] = [law.value, settings.value];
    return async (signal) => {
      const rest = breathing();
      const found: { at: number; distance: number }[] = [];
      for (let at = 950; at >= Math.max(25, given.steps); at -= at > 600 ? 50 : 25) {
        found.push({ at, distance: (await column(of, given, at)).distance });
        await rest();
        signal.throwIfAborted();
      }
      return found;
    };
  });

/** What the package's own choice would be. */
export const automatic = derived(NAME, () => {
  const [of, given] = [law.value, settings.value];
  return () => automaticStart(of, given);
});

export const critical: ReadonlySignal<readonly Mark[]> = computed(() => [
  { at: start.value, symbol: "start", title: "where the late column starts" },
]);
