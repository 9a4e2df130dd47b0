import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Mark, marks } from "./cursor.ts";

/** Shows a room's critical times on the time bar while it is open. */
export function useMarks(critical: ReadonlySignal<readonly Mark[]>): void {
  useEffect(
    () =>
      effect(() => {
        marks.value = critical.value;
      }),
    [critical],
  );
}
