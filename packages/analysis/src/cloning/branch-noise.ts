import { type Noise, philoxNoise } from "@symbreak/core";

/** Clone c of trajectory i draws as sample c · 2²⁸ + i; the trajectory itself is clone 0. */
const CLONES_APART = 2 ** 28;
/** A branch after k steps begins with draw k · 2²⁰, so that branches of one trajectory share no noise. */
const BRANCHES_APART = 2 ** 20;

/** Most clones and trajectories that keep their addresses apart. */
export const LARGEST: { readonly clones: number; readonly trajectories: number } = {
  clones: 15,
  trajectories: CLONES_APART,
};

/**
 * The noise of all clones of trajectories `first` … first + count − 1 after `step` steps, clone by clone: it depends on the
 * seed, the trajectory, the clone and the step alone, whatever batch they are in and whichever branches are asked for.
 */
export function branchNoise(
  seed: number | bigint,
  { first, count, clones, step }: { first: number; count: number; clones: number; step: number },
): Noise {
  const indices = Float64Array.from(
    { length: clones * count },
    (_, row) => (1 + Math.floor(row / count)) * CLONES_APART + first + (row % count),
  );
  const noise = philoxNoise(seed, indices);
  return (out, size, draw) => noise(out, size, draw + (step + 1) * BRANCHES_APART);
}
