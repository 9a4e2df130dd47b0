import { invalid } from "../invalid.ts";

/**
 * How n timesteps are laid on a chain: diffusers' three spacings, and "late", the grid of Raya & Ambrogioni 2023.
 *
 * - leading: k·⌊T/n⌋ (+ offset); the last is the cleanest level, the first falls short of T − 1.
 * - linspace: 0 … T − 1, both included.
 * - trailing: T − k·T/n − 1; from T − 1, evenly, not down to 0.
 * - late: ⌊linspace(0, start, n)⌋; with one step, start.
 */
export type Spacing = "leading" | "linspace" | "trailing" | "late";

/** Settings of {@link timesteps}. */
export interface TimestepOptions {
  /** Length T of the chain. Default 1000. */
  readonly steps?: number;
  /** Where "late" begins. Default steps − 1. */
  readonly start?: number;
  /** Added to each timestep of "leading" (diffusers' steps_offset). Default 0. */
  readonly offset?: number;
  /** Whose linspace and leading: one-step solvers', Euler and Heun's (linspace not rounded), DPM-Solver++ and UniPC's. */
  readonly family?: "ddpm" | "euler" | "multistep";
}

/**
 * `count` descending timesteps of a chain, number for number diffusers' (numpy's arithmetic, halves to even), but
 * always `count`: where rounding makes diffusers' trailing list one longer, its −1 is left out.
 *
 * The multistep family lays count + 1 points and drops the last, its solvers' final level being clean data.
 */
export function timesteps(
  spacing: Spacing,
  count: number,
  { steps = 1000, start = steps - 1, offset = 0, family = "ddpm" }: TimestepOptions = {},
): number[] {
  if (!Number.isInteger(count) || count < 1 || count > steps)
    throw invalid("timesteps", `count must be an integer from 1 to ${steps}`, count);
  if (!(start >= 0 && start <= steps - 1))
    throw invalid("timesteps", `start must lie in [0, ${steps - 1}]`, start);
  const points = family === "multistep" ? count + 1 : count;
  // The stride that numpy's arange(T, 0, −T/n) really takes.
  const stride = steps - steps / count - steps;
  return Array.from({ length: count }, (_, k) => {
    const index = points - 1 - k;
    switch (spacing) {
      case "leading":
        return index * Math.floor(steps / points) + offset;
      case "linspace": {
        const even = evenly(steps - 1, index, points);
        return family === "euler" ? even : roundHalfEven(even);
      }
      case "trailing":
        return roundHalfEven(steps + k * stride) - 1;
      case "late":
        return Math.floor(count === 1 ? start : evenly(start, count - 1 - k, count));
      default:
        throw invalid(
          "timesteps",
          'spacing must be "leading", "linspace", "trailing" or "late"',
          spacing,
        );
    }
  });
}

/** Entry `index` of numpy's linspace(0, end, points), rounding included: multiples of one step, the end exact. */
function evenly(end: number, index: number, points: number): number {
  if (points === 1) return 0;
  return index === points - 1 ? end : index * (end / (points - 1));
}

/** Nearest integer; halves go to the even neighbour, as in numpy and IEEE 754. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const half = x - below === 0.5;
  return half ? below + (below % 2 === 0 ? 0 : 1) : Math.round(x);
}
