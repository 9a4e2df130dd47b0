import type { Samples } from "@symbreak/core";
import { combine, type Term } from "./combine.ts";

/** Coefficients of the linear multistep methods of Adams and Bashforth for equal steps, newest slope first. */
const COEFFICIENTS = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
] as const;

/** The slope for the next step from 1 to 4 slopes, newest first. */
export function adamsBashforth(slopes: readonly Samples[]): Samples {
  const coefficients = COEFFICIENTS[slopes.length - 1]!;
  const [first, ...rest] = slopes.map((slope, k): Term => [coefficients[k]!, slope]);
  return combine(first!, ...rest);
}
