import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { NoiseLevel } from "@symbreak/core";
import { BOTTOM, noisyLevel, TOP } from "../physics/chain.ts";
import { defineSharedState } from "./url.ts";

/** The one time cursor: a timestep of the chain, noise at {@link TOP}, data at {@link BOTTOM}. */
export const { at }: { at: Signal<number> } = defineSharedState({ at: TOP });

/** The noise level under the cursor; at the clean end that of the first timestep, where every law has a density. */
export const level: ReadonlySignal<NoiseLevel> = computed(() => noisyLevel(at.value));

/** A moment of the law at hand, drawn on the time bar. */
export interface Mark {
  readonly at: number;
  readonly symbol: string;
  readonly title: string;
}

/** The critical times of the room that is open. */
export const marks: Signal<readonly Mark[]> = signal([]);

export const playing: Signal<boolean> = signal(false);
export const slow: Signal<boolean> = signal(false);

/** Whether the reader asked for little motion. */
export const still: boolean = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Seconds from noise to data. */
const DURATION = 7;

/** Keeps the cursor on the chain, and runs it while `playing`, by the clock, and stops it at the data. */
export function connectCursor(): void {
  // An address may ask for a step that the chain does not have.
  effect(() => {
    at.value = Math.min(TOP, Math.max(BOTTOM, at.value));
  });
  effect(() => {
    if (!playing.value) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function next(now: number) {
      const pace = (TOP - BOTTOM) / (DURATION * 1000 * (slow.peek() ? 5 : 1));
      // A frame's time may lie before the click that asked for it.
      const reached = at.peek() - pace * Math.min(100, Math.max(0, now - last));
      last = now;
      at.value = Math.max(BOTTOM, reached);
      if (at.peek() === BOTTOM) playing.value = false;
      else frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  });
}

/** Starts the run, from noise if it has ended; or halts it. */
export function togglePlay(): void {
  if (!playing.value && at.value <= BOTTOM) at.value = TOP;
  playing.value = !playing.value;
}

/** One step of the drawn walks towards the data (1) or back (−1). */
export function stepBy(direction: 1 | -1): void {
  playing.value = false;
  at.value = Math.min(TOP, Math.max(BOTTOM, Math.round(at.value) - 5 * direction));
}
