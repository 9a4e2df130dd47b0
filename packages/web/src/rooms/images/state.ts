import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { UnitsName } from "@symbreak/core";
import { proxy, type Remote, wrap } from "comlink";
import type { ImagesAnalysis, StartFor } from "../../physics/images.ts";
import type { Mark } from "../../state/cursor.ts";
import { defineState, room } from "../../state/url.ts";
import type { ImagesWorker } from "../../workers/images-worker.ts";

const NAME = "images";

export const state = defineState(NAME, { units: "symmetric", side: "as they are" });

/** What is going on, in words; undefined when nothing is. */
export const busy: Signal<string | undefined> = signal(undefined);
export const failure: Signal<string | undefined> = signal(undefined);

export const analysis: Signal<ImagesAnalysis | undefined> = signal(undefined);
export const starts: Signal<readonly StartFor[] | undefined> = signal(undefined);

/** The reader's files; undefined while the example is shown. */
export const files: Signal<readonly File[] | undefined> = signal(undefined);

let worker: Remote<ImagesWorker> | undefined;

// Files, their size and their units each begin the work anew.
effect(() => {
  if (room.value !== NAME) return;
  const [chosen, units, side] = [files.value, state.units.value, state.side.value];
  const timer = setTimeout(() => void work(chosen, units, side), 0);
  return () => clearTimeout(timer);
});

/** Counts the requests: of an old one nothing is shown any more. */
let request = 0;

async function work(
  chosen: readonly File[] | undefined,
  units: string,
  side: string,
): Promise<void> {
  worker ??= wrap<ImagesWorker>(
    new Worker(new URL("../../workers/images-worker.ts", import.meta.url), { type: "module" }),
  );
  const mine = ++request;
  const tell = (stage: string) => {
    if (mine === request) busy.value = stage;
  };
  failure.value = starts.value = undefined;
  try {
    if (chosen === undefined) {
      tell("fetching the moments of MNIST, 0.2 MB");
      const found = await worker.example();
      if (mine === request) analysis.value = found;
      return;
    }
    tell("reading the files");
    await worker.open(chosen, side === "as they are" ? null : Number(side), proxy(tell));
    tell("finding the spectrum");
    const found = await worker.analyse(units as UnitsName);
    if (mine !== request) return;
    analysis.value = found;
    tell("trying starts by the exact score of your images");
    const tried = await worker.starts();
    if (mine === request) starts.value = tried;
  } catch (error) {
    if (mine === request) failure.value = (error as Error).message;
  } finally {
    if (mine === request) busy.value = undefined;
  }
}

export const critical: ReadonlySignal<readonly Mark[]> = computed(() => {
  const found = analysis.value;
  if (found === undefined) return [];
  const at = (timestep: number | null, symbol: string, title: string): Mark[] =>
    timestep === null ? [] : [{ at: timestep, symbol, title }];
  return [
    ...at(found.speciation.timestep, "t_S", "speciation: the first choice of these images"),
    ...at(found.collapse.timestep, "t_C", "collapse: below it an exact score copies"),
  ];
});
