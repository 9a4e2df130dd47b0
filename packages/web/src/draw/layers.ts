import { type Signal, signal } from "@preact/signals";

/** What rivers show, each layer on or off. */
export const layers: Readonly<Record<"density" | "ways" | "valleys", Signal<boolean>>> = {
  density: signal(true),
  ways: signal(true),
  valleys: signal(true),
};
