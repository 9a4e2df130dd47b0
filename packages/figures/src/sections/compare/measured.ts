import type { FrechetDistance } from "@symbreak/analysis";
import type { Measured } from "../../late-start-curve.ts";

/** A distance as figures take it: without an interval its ends are the value. */
export function measured({ value, low, high }: FrechetDistance): Measured {
  return { value, low: low ?? value, high: high ?? value };
}
