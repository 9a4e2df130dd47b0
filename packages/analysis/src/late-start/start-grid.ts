import { invalid } from "@symbreak/core";

/** The starts that Raya & Ambrogioni 2023 scan, on a chain of 1000 levels. */
export const PAPER_STARTS: readonly number[] = [
  50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 999,
];

/**
 * Where n steps from noise begin as everybody takes them, (n − 1)·⌊T/n⌋: 900, 800 and 666 for n = 10, 5 and 3 on a chain
 * of 1000, the paper's plain columns and diffusers' "leading" spacing.
 */
export function usualStart(steps: number, trained: number = 1000): number {
  if (!(Number.isInteger(steps) && steps >= 2 && steps <= trained))
    throw invalid("usualStart", `steps must be an integer in 2 … ${trained}`, steps);
  return (steps - 1) * Math.floor(trained / steps);
}
