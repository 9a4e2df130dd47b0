import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Samples } from "@symbreak/core";
import { proxy } from "comlink";
import { TOP } from "../../physics/chain.ts";
import { type DigitsRequest, type Nearest, VALUES } from "../../physics/digits.ts";
import { criticalMarks } from "../../state/critical-marks.ts";
import type { Mark } from "../../state/cursor.ts";
import { defineState, room } from "../../state/url.ts";
import type { DigitsStep, DigitsWorker, Readiness } from "../../workers/digits-worker.ts";
import { type RemoteWorker, remoteOf } from "../../workers/remote.ts";
import type { Stage } from "../../workers/stage.ts";

const NAME = "digits";

export const state = defineState(NAME, {
  steps: 3,
  start: 500,
  seed: 1,
  view: "guess",
  turn: 450,
  copies: false,
});

/** Digits in a column, and returns of one's own. */
export const COUNT = 16;
export const RETURNS = 8;

/** Where the network is on its way here: a stage in words, ready, or what went wrong. */
export const network: Signal<
  | { readonly is: "away" }
  | { readonly is: "coming"; readonly stage: Stage }
  | ({ readonly is: "ready" } & Readiness)
  | { readonly is: "failed"; readonly reason: string }
> = signal({ is: "away" });

/** The digits of a column, step by step. */
export interface Column {
  readonly request: DigitsRequest;
  readonly steps: readonly DigitsStep[];
  /** Milliseconds from the request to the last step. */
  readonly took: number;
}

export const noise: Signal<Column | undefined> = signal(undefined);
export const late: Signal<Column | undefined> = signal(undefined);

/** The digit that was drawn, 28 × 28 from −1 to 1, and what came back of it. */
export const drawn: Signal<Float32Array | undefined> = signal(undefined);
export const returned: Signal<Column | undefined> = signal(undefined);

let worker: RemoteWorker<DigitsWorker> | undefined;

/** Fetches the network; on a slow line a reader can see how far it is. */
export async function wake(): Promise<void> {
  if (network.value.is === "coming" || network.value.is === "ready") return;
  network.value = { is: "coming", stage: { words: "starting" } };
  worker ??= remoteOf<DigitsWorker>(
    new Worker(new URL("../../workers/digits-worker.ts", import.meta.url), { type: "module" }),
  );
  try {
    const told = (stage: Stage) => {
      network.value = { is: "coming", stage };
    };
    network.value = { is: "ready", ...(await worker.answer(worker.api.load(proxy(told)))) };
  } catch (error) {
    // A worker that is broken is of no use the next time.
    worker.end();
    worker = undefined;
    network.value = { is: "failed", reason: (error as Error).message };
  }
}

const noiseRequest: ReadonlySignal<DigitsRequest> = computed(() => ({
  steps: state.steps.value,
  count: COUNT,
  seed: state.seed.value,
}));

export const lateRequest: ReadonlySignal<DigitsRequest> = computed(() => ({
  ...noiseRequest.value,
  from: Math.min(TOP, Math.max(state.steps.value, Math.round(state.start.value))),
}));

/** One request at a time: the worker is busy with the last one, and the newest waits. */
let queue: Promise<void> = Promise.resolve();

function fill(
  column: Signal<Column | undefined>,
  request: DigitsRequest,
  wanted: ReadonlySignal<DigitsRequest>,
): void {
  queue = queue.then(async () => {
    if (wanted.peek() !== request) return;
    await collect(column, request, (told) => worker!.api.sample(request, told));
  });
}

/** Shows steps as they come. */
async function collect(
  column: Signal<Column | undefined>,
  request: DigitsRequest,
  work: (told: (step: DigitsStep) => void) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const steps: DigitsStep[] = [];
  try {
    await work(
      proxy((step: DigitsStep) => {
        steps.push(step);
        column.value = { request, steps: [...steps], took: performance.now() - began };
      }),
    );
  } catch (error) {
    network.value = { is: "failed", reason: (error as Error).message };
  }
}

for (const [column, request] of [
  [noise, noiseRequest],
  [late, lateRequest],
] as const)
  effect(() => {
    if (room.value !== NAME || network.value.is !== "ready") return;
    const wanted = request.value;
    const timer = setTimeout(() => fill(column, wanted, request), 120);
    return () => clearTimeout(timer);
  });

/** The way of the drawn digit, there and back. */
export const turnRequest = computed(() => ({
  steps: 10,
  count: RETURNS,
  seed: state.seed.value,
  from: Math.min(TOP, Math.max(1, Math.round(state.turn.value))),
}));

effect(() => {
  if (room.value !== NAME || network.value.is !== "ready") return;
  const [digit, request] = [drawn.value, turnRequest.value];
  if (digit === undefined) return;
  const timer = setTimeout(() => {
    queue = queue.then(async () => {
      if (drawn.peek() !== digit || turnRequest.peek() !== request) return;
      await collect(returned, request, (told) => worker!.api.turn(digit, request, told));
    });
  }, 300);
  return () => clearTimeout(timer);
});

/** The digits of a column at the cursor's time: as they are, or as the network guesses them. */
export function imagesAt(
  column: Column | undefined,
  timestep: number,
  view: string,
): { images: readonly Samples[]; judgements: DigitsStep["judgements"] } | undefined {
  if (column === undefined || column.steps.length === 0) return undefined;
  const done = column.steps.filter((step) => step.timestep >= timestep - 1e-9);
  const step = done.at(-1) ?? column.steps[0]!;
  return {
    images: eachOf(view === "guess" ? step.denoised : step.x),
    judgements: step.judgements,
  };
}

const parts = new WeakMap<Samples, readonly Samples[]>();

/** The images of a batch one by one, the same each time, so that each is drawn once. */
export function eachOf(batch: Samples): readonly Samples[] {
  let found = parts.get(batch);
  if (found === undefined) {
    found = Array.from({ length: batch.length / VALUES }, (_, n) =>
      batch.subarray(n * VALUES, (n + 1) * VALUES),
    );
    parts.set(batch, found);
  }
  return found;
}

/** The digits of a column when all its steps are done. */
function finished(column: Column | undefined): DigitsStep | undefined {
  const last = column?.steps.at(-1);
  return last !== undefined && last.timestep < 0 ? last : undefined;
}

/** How many of the last guesses the judge is sure of. */
export function sureOf(column: Column | undefined): number | undefined {
  return finished(column)?.judgements.filter(({ confidence }) => confidence > 0.95).length;
}

/** The nearest training images of a column's digits. */
export interface Compared {
  /** The digits that were compared. */
  readonly digits: Samples;
  readonly nearest: readonly Nearest[];
}

export const noiseNearest: Signal<Compared | undefined> = signal(undefined);
export const lateNearest: Signal<Compared | undefined> = signal(undefined);

/** How far the comparison with training images is; what went wrong with it. */
export const comparing: Signal<Stage | undefined> = signal(undefined);
export const uncompared: Signal<string | undefined> = signal(undefined);

for (const [column, found] of [
  [noise, noiseNearest],
  [late, lateNearest],
] as const)
  effect(() => {
    if (room.value !== NAME || !state.copies.value) return;
    const digits = finished(column.value)?.x;
    if (digits === undefined || found.peek()?.digits === digits) return;
    queue = queue.then(async () => {
      if (finished(column.peek())?.x !== digits) return;
      try {
        const told = (stage: Stage) => {
          comparing.value = stage;
        };
        found.value = { digits, nearest: await worker!.api.nearest(digits, proxy(told)) };
        uncompared.value = undefined;
      } catch (error) {
        uncompared.value = (error as Error).message;
        state.copies.value = false;
      }
      comparing.value = undefined;
    });
  });

export const critical: ReadonlySignal<readonly Mark[]> = computed(() => [
  ...(network.value.is === "ready" ? criticalMarks(network.value.times) : []),
  { at: lateRequest.value.from!, symbol: "start", title: "where the late column starts" },
  { at: turnRequest.value.from, symbol: "turn", title: "where your digit turns" },
]);
