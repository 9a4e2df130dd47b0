import { philoxUniform } from "@symbreak/core";

/** 0 … count − 1 in a seeded random order; each `draw` is another. */
export function permutation(count: number, seed: number, draw: number = 0): Int32Array {
  const keys = new Float64Array(count);
  philoxUniform(seed)(keys, count, draw);
  return Int32Array.from(keys.keys()).sort((i, j) => keys[i]! - keys[j]!);
}
