import type { StepRandom } from "../../src/objectives/step-random.ts";

/** Numbers a sample: noise −1 and 1 in turn, and the same time for every four samples that follow each other. */
export const SCRIPTED: StepRandom = {
  normal: (out) => {
    for (let i = 0; i < out.length; i++) out[i] = i % 2 === 0 ? -1 : 1;
  },
  uniform: (rows) => Float64Array.from({ length: rows }, (_, i) => 2 - (i % 4)),
};

/** Four points for each of `groups` times that have, with the scripted noise, the moments of N(0, variance). */
export function gaussianPoints(groups: number, variance: number): Float32Array {
  const a = Math.sqrt(variance);
  return Float32Array.from({ length: 4 * groups }, (_, i) => (i % 4 < 2 ? -a : a));
}
