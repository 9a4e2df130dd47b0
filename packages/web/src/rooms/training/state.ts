import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Memorisation, type PairedAgreement, pairedAgreement } from "@symbreak/analysis";
import { proxy } from "comlink";
import { isPlaneLaw, PLANE_LAWS } from "../../physics/plane-laws.ts";
import {
  drawPoints,
  type ExactDenoiser,
  type MadeOf,
  type PointsTimes,
} from "../../physics/points.ts";
import { pointsOfFile } from "../../physics/points-file.ts";
import { ASKED, PARTS, type TrainingRequest } from "../../physics/training.ts";
import { criticalMarks } from "../../state/critical-marks.ts";
import { level, type Mark } from "../../state/cursor.ts";
import { derived } from "../../state/derived.ts";
import { defineState, room } from "../../state/url.ts";
import { exactly } from "../../workers/exactly.ts";
import type { Chosen } from "../../workers/read-files.ts";
import { type RemoteWorker, remoteOf } from "../../workers/remote.ts";
import type { Stage } from "../../workers/stage.ts";
import type { Picture, Progress, TrainingWorker } from "../../workers/training-worker.ts";

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
  const name = state.law.value;
  const { law } = PLANE_LAWS[isPlaneLaw(name) ? name : "moons"];
  return drawPoints(law, COUNTS[state.size.value] ?? 200, state.seed.value);
});

/** Fewer points cannot be trained on, or judged. */
export const enough: ReadonlySignal<boolean> = computed(() => points.value.length >= 4);

/** What there is to say of a file of points. */
export const told: Signal<{ readonly words: string; readonly wrong: boolean } | undefined> =
  signal(undefined);

/** Takes points from a file, for the reader's own. */
export async function takeFiles([chosen]: readonly Chosen[]): Promise<void> {
  const { file } = chosen!;
  try {
    const { points, note } = await pointsOfFile(file);
    batch(() => {
      state.own.value = points;
      state.law.value = "own";
      told.value = {
        words: `${points.length / 2} points of ${file.name}${note && `: ${note}`}.`,
        wrong: false,
      };
    });
  } catch (error) {
    told.value = { words: (error as Error).message, wrong: true };
  }
}

/** Where training is. */
export const training: Signal<
  | { readonly is: "idle" }
  | { readonly is: "starting"; readonly stage: Stage }
  | { readonly is: "running" }
  | { readonly is: "done" }
  | { readonly is: "failed"; readonly reason: string }
> = signal({ is: "idle" });

/** Losses as they came: every report, and the mean of each part of the way over the last of them. */
export const losses: Signal<readonly Progress[]> = signal([]);

/** What the network made last, and after how many steps. */
export const picture: Signal<Picture | undefined> = signal(undefined);

/** What the network before made of the same noise, while a second one is compared with it. */
export const before: Signal<Picture | undefined> = signal(undefined);

/** What the last training asked for; other settings than these end what can be compared with it. */
const trained: Signal<TrainingRequest | undefined> = signal(undefined);

let worker: RemoteWorker<TrainingWorker> | undefined;

/** Trains anew on the points as they are. */
export async function train(): Promise<void> {
  if (!enough.peek()) return;
  before.value = undefined;
  const seed = state.seed.peek();
  await run({ points: points.peek(), seed, noise: seed, ...effort() });
}

/** Trains a second network, on other points of the same law and from other weights, and samples it from the same noise. */
export async function trainSecond(): Promise<void> {
  const name = state.law.peek();
  if (!second.peek() || !isPlaneLaw(name)) return;
  before.value = picture.peek();
  const [seed, count] = [state.seed.peek(), points.peek().length / 2];
  const others = drawPoints(PLANE_LAWS[name].law, count, seed + OTHER);
  await run({ points: others, seed: seed + OTHER, noise: seed, ...effort() });
}

/** Seeds of second networks are so far from those of first ones. */
const OTHER = 1000;

/** Whether there is a network to be compared with a second one. */
export const second: ReadonlySignal<boolean> = computed(
  () =>
    training.value.is === "done" &&
    trained.value?.points === points.value &&
    isPlaneLaw(state.law.value),
);

function effort() {
  return { steps: state.steps.peek(), width: state.width.peek() };
}

async function run(request: TrainingRequest): Promise<void> {
  worker ??= remoteOf<TrainingWorker>(
    new Worker(new URL("../../workers/training-worker.ts", import.meta.url), { type: "module" }),
  );
  batch(() => {
    training.value = { is: "starting", stage: { words: "compiling" } };
    trained.value = request;
    losses.value = [];
    picture.value = undefined;
  });
  try {
    await worker.answer(
      worker.api.train(
        request,
        proxy((stage: Stage) => {
          training.value = { is: "starting", stage };
        }),
        proxy((progress: Progress) => {
          if (training.peek().is === "starting") training.value = { is: "running" };
          losses.value = [...losses.peek(), progress];
        }),
        proxy((made: Picture) => {
          picture.value = made;
        }),
      ),
    );
    training.value = { is: "done" };
  } catch (error) {
    worker.end();
    worker = undefined;
    training.value = { is: "failed", reason: (error as Error).message };
  }
}

/** How far two networks of different points draw the same from the same noise. */
export const agreement: ReadonlySignal<PairedAgreement | undefined> = computed(() =>
  before.value === undefined || picture.value === undefined || training.value.is !== "done"
    ? undefined
    : pairedAgreement(picture.value.samples, before.value.samples, 2),
);

export async function stop(): Promise<void> {
  await worker?.api.stop();
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
  return async () => (made === undefined ? undefined : worker?.api.guesses(Math.round(timestep)));
});

/** What a machine without training makes of the points, and its field at the cursor's time. */
export interface Machine {
  readonly made: ReadonlySignal<MadeOf | undefined>;
  readonly guesses: ReadonlySignal<Float64Array | undefined>;
}

function machine(by: ExactDenoiser): Machine {
  return {
    made: derived(NAME, () => {
      const [values, seed] = [points.value, state.seed.value];
      if (!enough.value) return () => undefined;
      return (signal) =>
        exactly(signal, (worker, task) => worker.made(task, values, by, ASKED, seed));
    }),
    guesses: derived(NAME, () => {
      const [values, { timestep }] = [points.value, level.value];
      if (!enough.value) return () => undefined;
      return (signal) =>
        exactly(signal, (worker, task) => worker.guesses(task, values, by, timestep));
    }),
  };
}

/** The exact score of the points, which sees each as a whole; and a local machine, which sees one coordinate at a time. */
export const whole: Machine = machine("whole");
export const local: Machine = machine("local");

/** How much of what the network makes is copied. */
export const copied: ReadonlySignal<Memorisation | undefined> = derived(NAME, () => {
  const [made, values] = [picture.value, points.value];
  if (made === undefined || !enough.value) return () => undefined;
  return (signal) => exactly(signal, (worker, task) => worker.copies(task, made.samples, values));
});

export const least: ReadonlySignal<readonly number[] | undefined> = derived(NAME, () => {
  const values = points.value;
  if (!enough.value) return () => undefined;
  return (signal) => exactly(signal, (worker, task) => worker.leastLosses(task, values));
});

const times: ReadonlySignal<PointsTimes | undefined> = derived(NAME, () => {
  const values = points.value;
  if (!enough.value) return () => undefined;
  return (signal) => exactly(signal, (worker, task) => worker.times(task, values));
});

export const critical: ReadonlySignal<readonly Mark[]> = computed(() =>
  times.value === undefined ? [] : criticalMarks(times.value),
);

/** Mean loss of each part over the last reports, clean first. */
export const lossByPart: ReadonlySignal<readonly (number | null)[]> = computed(() => {
  const last = losses.value.slice(-8);
  return Array.from({ length: PARTS }, (_, k) => {
    const seen = last.flatMap(({ parts }) => (parts[k] === null ? [] : [parts[k]!]));
    return seen.length === 0 ? null : seen.reduce((sum, loss) => sum + loss, 0) / seen.length;
  });
});
