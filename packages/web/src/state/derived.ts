import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { room } from "./url.ts";

/** What could not be computed, and why: the packages' own words, shown to the reader until it can be. */
export const troubles: ReadonlySignal<readonly string[]> = computed(() => [
  ...new Set(failures.value.values()),
]);

const failures = signal<ReadonlyMap<object, string>>(new Map());

function note(of: object, failure: string | undefined): void {
  if (failures.peek().get(of) === failure) return;
  const next = new Map(failures.peek());
  if (failure === undefined) next.delete(of);
  else next.set(of, failure);
  failures.value = next;
}

/** Milliseconds that a change may wait for the next one: a handle that is dragged asks for one answer, not for fifty. */
const PATIENCE = 40;

/**
 * A signal that is computed later, and perhaps for a while: `compute` reads signals at once and returns the work. While new
 * work is done the old result stays; a result that a newer request has overtaken is dropped, and its work told to stop. It
 * is computed only while its room is open.
 */
export function derived<T>(
  of: string,
  compute: () => (signal: AbortSignal) => T | Promise<T>,
): ReadonlySignal<T | undefined> {
  const result = signal<T | undefined>(undefined);
  effect(() => {
    if (room.value !== of) return;
    const work = compute();
    const abort = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          const found = await work(abort.signal);
          if (abort.signal.aborted) return;
          result.value = found;
          note(result, undefined);
        } catch (error) {
          if (!abort.signal.aborted) note(result, (error as Error).message);
        }
      },
      result.peek() === undefined ? 0 : PATIENCE,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
      if (room.peek() !== of) note(result, undefined);
    };
  });
  return result;
}
