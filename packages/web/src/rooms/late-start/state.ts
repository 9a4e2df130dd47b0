import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { speciationTime } from "@symbreak/analysis";
import { type GaussianMixture, timestepList } from "@symbreak/core";
import { proxy } from "comlink";
import { CHAIN, TOP } from "../../physics/chain.ts";
import { type Column, type FewSteps, GRID_NAMES, STEPPED } from "../../physics/few-steps.ts";
import { topVariance } from "../../physics/line-law.ts";
import { isPlaneLaw, PLANE_LAWS, type PlaneLaw } from "../../physics/plane-laws.ts";
import { criticalMarks } from "../../state/critical-marks.ts";
import type { Mark } from "../../state/cursor.ts";
import { derived } from "../../state/derived.ts";
import { defineState } from "../../state/url.ts";
import { exactly } from "../../workers/exactly.ts";

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

const lawName: ReadonlySignal<PlaneLaw> = computed(() =>
  isPlaneLaw(state.law.value) ? state.law.value : "moons",
);

export const law: ReadonlySignal<GaussianMixture> = computed(() => PLANE_LAWS[lawName.value].law);

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

/** What two sets of exact samples of this size are apart: nothing can be told below it. */
export const floor: ReadonlySignal<number | undefined> = derived(NAME, () => {
  const [name, count] = [lawName.value, state.count.value];
  return (signal) => exactly(signal, (worker, task) => worker.floor(task, name, count));
});

export const noise: ReadonlySignal<Column | undefined> = derived(NAME, () => {
  const [name, given] = [lawName.value, settings.value];
  return (signal) => exactly(signal, (worker, task) => worker.column(task, name, given, undefined));
});

export const late: ReadonlySignal<Column | undefined> = derived(NAME, () => {
  const [name, given, from] = [lawName.value, settings.value, start.value];
  return (signal) => exactly(signal, (worker, task) => worker.column(task, name, given, from));
});

/** Levels of both columns, as they were run; a grid of one's own follows the hand at once. */
export const noiseLevels = computed(() =>
  settings.value.grid === "own"
    ? timestepList(state.own.value).levels(CHAIN, undefined)
    : (noise.value?.walk.levels ?? []),
);
export const lateLevels = computed(() => late.value?.walk.levels ?? []);

/** Distance of a late start against where it starts, at the same settings; it grows as it is found. */
export const curve: Signal<readonly { readonly at: number; readonly distance: number }[]> = signal(
  [],
);

derived(NAME, () => {
  const [name, given] = [lawName.value, settings.value];
  return (abort) => {
    curve.value = [];
    const found = (point: { at: number; distance: number }) => {
      if (!abort.aborted) curve.value = [...curve.value, point];
    };
    return exactly(abort, (worker, task) => worker.distances(task, name, given, proxy(found)));
  };
});

/** What the package's own choice would be. */
export const automatic = derived(NAME, () => {
  const [name, given] = [lawName.value, settings.value];
  return (signal) => exactly(signal, (worker, task) => worker.automatic(task, name, given));
});

/** The times of the law by its moments. */
const times = computed(() => {
  const { covariance } = law.value.moments();
  const { ddpmIndex, instability } = speciationTime(topVariance(covariance), { schedule: CHAIN });
  return { speciation: ddpmIndex, instability: instability.ddpmIndex };
});

export const critical: ReadonlySignal<readonly Mark[]> = computed(() => [
  ...criticalMarks(times.value),
  { at: start.value, symbol: "start", title: "where the late column starts" },
]);
