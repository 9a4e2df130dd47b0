import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { UnitsName } from "@symbreak/core";
import { proxy } from "comlink";
import { timestepOf } from "../../physics/chain.ts";
import type { ClassTimes, ImagesAnalysis, StartFor } from "../../physics/images.ts";
import type { Curve, NetworkReport } from "../../physics/loss-curves.ts";
import { criticalMarks } from "../../state/critical-marks.ts";
import type { Mark } from "../../state/cursor.ts";
import { defineState, room } from "../../state/url.ts";
import type { ImagesWorker } from "../../workers/images-worker.ts";
import type { Chosen } from "../../workers/read-files.ts";
import { type RemoteWorker, remoteOf } from "../../workers/remote.ts";
import type { Stage } from "../../workers/stage.ts";

const NAME = "images";

/** `mnist`: whether the whole of the example is looked at. */
export const state = defineState(NAME, {
  units: "symmetric",
  side: "as they are",
  mnist: false,
});

/** What is going on; undefined when nothing is. */
export const busy: Signal<Stage | undefined> = signal(undefined);
export const failure: Signal<string | undefined> = signal(undefined);

/** What was left out of the reader's files. */
export const notes: Signal<readonly string[]> = signal([]);

export const analysis: Signal<ImagesAnalysis | undefined> = signal(undefined);
export const classes: Signal<ClassTimes | undefined> = signal(undefined);
export const curves: Signal<readonly Curve[]> = signal([]);
export const starts: Signal<readonly StartFor[] | undefined> = signal(undefined);
export const network: Signal<NetworkReport | undefined> = signal(undefined);

/** What a reader of these times must know. */
export const warnings: Signal<readonly string[]> = signal([]);

/** The reader's files; undefined while the example is shown. */
export const files: Signal<readonly Chosen[] | undefined> = signal(undefined);

/** Whether the units are the network's, and not the reader's to choose. */
export const unitsOfNetwork: Signal<string | null> = signal(null);

let worker: RemoteWorker<ImagesWorker> | undefined;

// Files, their size and their units each begin the work anew.
effect(() => {
  if (room.value !== NAME) return;
  const [chosen, units, side, mnist] = [
    files.value,
    state.units.value,
    state.side.value,
    state.mnist.value,
  ];
  const timer = setTimeout(() => void work(chosen, units, side, mnist), 0);
  return () => clearTimeout(timer);
});

/** Takes files that the reader has chosen or dropped. */
export function takeFiles(chosen: readonly Chosen[]): void {
  files.value = chosen;
}

/** Counts the requests: of an old one nothing is shown any more. */
let request = 0;

async function work(
  chosen: readonly Chosen[] | undefined,
  units: string,
  side: string,
  mnist: boolean,
): Promise<void> {
  worker ??= remoteOf<ImagesWorker>(
    new Worker(new URL("../../workers/images-worker.ts", import.meta.url), { type: "module" }),
  );
  const { api, answer } = worker;
  const mine = ++request;
  const tell = (stage: Stage) => {
    if (mine === request) busy.value = stage;
  };
  const told = proxy(tell);
  failure.value = starts.value = classes.value = network.value = undefined;
  curves.value = notes.value = warnings.value = [];
  unitsOfNetwork.value = null;
  try {
    if (chosen === undefined && !mnist) {
      tell({ words: "fetching the moments of MNIST, 0.2 MB" });
      const found = await answer(api.example());
      if (mine === request) analysis.value = found;
      return;
    }
    const opened = chosen
      ? await answer(api.open(chosen, side === "as they are" ? null : Number(side), told))
      : { ...(await answer(api.openMnist(told))), notes: [] };
    if (mine !== request) return;
    [notes.value, unitsOfNetwork.value] = [opened.notes, opened.units];
    tell({ words: "finding the spectrum" });
    const found = await answer(api.analyse(units as UnitsName));
    if (mine !== request) return;
    analysis.value = found;
    tell({ words: "telling the classes apart" });
    const parted = await answer<ClassTimes | { readonly warnings: readonly string[] }>(
      api.classes(),
    );
    if (mine !== request) return;
    if ("tree" in parted) classes.value = parted;
    warnings.value = parted.warnings;
    if (opened.network !== null) {
      tell({ words: `asking ${opened.network} at many noise levels` });
      const report = await answer(api.network());
      if (mine !== request) return;
      [network.value, curves.value] = [report, report.curves];
      if (report.misfit === null) starts.value = report.starts;
    }
    tell({
      words: "asking the exact score of the images, where most is decided and where to start",
    });
    const exact = await answer(api.exact());
    if (mine !== request) return;
    const [gaussian, ...others] = network.value?.curves ?? [];
    curves.value = [gaussian ?? exact.curves[0]!, exact.curves[1]!, ...others];
    starts.value ??= exact.starts;
  } catch (error) {
    if (mine === request) failure.value = (error as Error).message;
  } finally {
    if (mine === request) busy.value = undefined;
  }
}

/** Where the network, or else the exact score, says that most is decided. */
const peak: ReadonlySignal<number | null> = computed(() => {
  const of = (name: Curve["of"]) => curves.value.find((curve) => curve.of === name);
  return (of("network") ?? of("exact"))?.peak ?? null;
});

export const critical: ReadonlySignal<readonly Mark[]> = computed(() => {
  const found = analysis.value;
  if (found === undefined) return [];
  const parts = classes.value?.tree.parts;
  return [
    ...criticalMarks({
      speciation: found.speciation.timestep,
      instability: found.instability.timestep,
      collapse: found.collapse.timestep,
    }),
    ...(parts
      ? [
          {
            at: timestepOf(parts.ouTime),
            symbol: "classes",
            title: "the first two groups of classes part",
          },
        ]
      : []),
    ...(peak.value === null
      ? []
      : [{ at: peak.value, symbol: "most", title: "by the loss curve most is decided here" }]),
  ];
});
