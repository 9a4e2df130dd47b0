import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Memorisation } from "@symbreak/analysis";
import { empirical, type Samples } from "@symbreak/core";
import { proxy, type Remote, wrap } from "comlink";
import { noisyLevel } from "../../physics/chain.ts";
import { PLANE_LAWS, type PlaneLaw } from "../../physics/plane-laws.ts";
import {
  collapseOf,
  copiesOf,
  drawPoints,
  exactSamplesOf,
  leastLosses,
} from "../../physics/points.ts";
import { ASKED, PARTS, PLACES, type TrainingRequest } from "../../physics/training.ts";
import { level, type Mark } from "../../state/cursor.ts";
import { derived } from "../../state/derived.ts";
import { defineState, room } from "../../state/url.ts";
import type { Progress, TrainingWorker } from "../../workers/training-worker.ts";

const NAME = "training";

export const state = defineState(NAME, {
  law: "moons",
  size: 5,
  own: [] as readonly number[],
  width: 64,
  steps: 2000,
  seed: 1,
});

/** Numbers of points that the slider offers. */
export const COUNTS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000] as const;

/** The training points: drawn from a law, or by the reader. */
export const points: ReadonlySignal<Float32Array> = computed(() => {
  if (state.law.value === "own") return Float32Array.from(state.own.value);
  const name = (state.law.value in PLANE_LAWS ? state.law.value : "moons") as PlaneLaw;
  return drawPoints(PLANE_LAWS[name].law, COUNTS[state.size.value] ?? 200, state.seed.value);
});

/** Fewer points cannot be trained on, or judged. */
export const enough: ReadonlySignal<boolean> = computed(() => points.value.length >= 4);

/** Where training is. */
export const training: Signal<
  | { readonly is: "idle" }
  | { readonly is: "starting" }
  | { readonly is: "running" }
  | { readonly is: "done" }
  | { readonly is: "failed"; readonly reason: string }
> = signal({ is: "idle" });

/** Losses as they came: every report, and the mean of each part of the way over the last of them. */
export const losses: Signal<readonly Progress[]> = signal([]);

/** What the network made last, and after how many steps. */
export const picture: Signal<{ readonly step: number; readonly samples: Samples } | undefined> =
  signal(undefined);

let worker: Remote<TrainingWorker> | undefined;

/** Trains anew on the points as they are. */
export async function train(): Promise<void> {
  if (!enough.peek()) return;
  worker ??= wrap<TrainingWorker>(
    new Worker(new URL("../../workers/training-worker.ts", import.meta.url), { type: "module" }),
  );
  const request: TrainingRequest = {
    points: points.peek(),
    steps: state.steps.peek(),
    width: state.width.peek(),
    seed: state.seed.peek(),
  };
  training.value = { is: "starting" };
  losses.value = [];
  picture.value = undefined;
  try {
    await worker.train(
      request,
      proxy((progress: Progress) => {
        if (training.peek().is === "starting") training.value = { is: "running" };
        losses.value = [...losses.peek(), progress];
      }),
      proxy((made: { step: number; samples: Samples }) => {
        picture.value = made;
      }),
    );
    training.value = { is: "done" };
  } catch (error) {
    training.value = { is: "failed", reason: (error as Error).message };
  }
}

export async function stop(): Promise<void> {
  await worker?.stop();
}

// Leaving the room, or other points, end a training.
effect(() => {
  void points.value;
  const here = room.value === NAME;
  return () => {
    if (here) void stop();
  };
});

/** The network's guesses of the clean points at the places of the field, at the cursor's time. */
export const learned: ReadonlySignal<Float64Array | undefined> = derived(NAME, () => {
  const { timestep } = level.value;
  const made = picture.value;
  return async () => (made === undefined ? undefined : worker!.guesses(Math.round(timestep)));
});

/** The same of the exact score of the points. */
export const exact: ReadonlySignal<Float64Array | undefined> = derived(NAME, () => {
  const [values, now] = [points.value, level.value];
  if (!enough.value) return () => undefined;
  return () => empirical(values, 2).denoise(PLACES, noisyLevel(now.timestep));
});

/** What the exact score of the points makes. */
export const copies: ReadonlySignal<{ samples: Samples; report: Memorisation } | undefined> =
  derived(NAME, () => {
    const [values, seed] = [points.value, state.seed.value];
    if (!enough.value) return () => undefined;
    return async () => {
      const samples = await exactSamplesOf(values, ASKED, seed);
      return { samples, report: await copiesOf(samples, values) };
    };
  });

/** How much of what the network makes is copied. */
export const copied: ReadonlySignal<Memorisation | undefined> = derived(NAME, () => {
  const [made, values] = [picture.value, points.value];
  if (made === undefined || !enough.value) return () => undefined;
  return () => copiesOf(made.samples, values);
});

export const least: ReadonlySignal<readonly number[] | undefined> = derived(NAME, () => {
  const values = points.value;
  if (!enough.value) return () => undefined;
  return () => leastLosses(values);
});

const collapse: ReadonlySignal<number | undefined> = derived(NAME, () => {
  const values = points.value;
  if (!enough.value) return () => undefined;
  return () => collapseOf(values);
});

export const critical: ReadonlySignal<readonly Mark[]> = computed(() =>
  collapse.value === undefined
    ? []
    : [{ at: collapse.value, symbol: "t_C", title: "collapse: below it the exact score copies" }],
);

/** Mean loss of each part over the last reports, clean first. */
export const lossByPart: ReadonlySignal<readonly (number | null)[]> = computed(() => {
  const last = losses.value.slice(-8);
  return Array.from({ length: PARTS }, (_, k) => {
    const seen = last.flatMap(({ parts }) => (parts[k] === null ? [] : [parts[k]!]));
    return seen.length === 0 ? null : seen.reduce((sum, loss) => sum + loss, 0) / seen.length;
  });
});
