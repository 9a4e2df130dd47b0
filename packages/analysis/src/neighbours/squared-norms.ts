import type { Data } from "@symbreak/core";

/** |x|² of each row of values, as they are stored. */
export function squaredNorms(values: Data["values"], size: number): Float64Array {
  const out = new Float64Array(values.length / size);
  for (let n = 0, i = 0; n < out.length; n++) {
    let sum = 0;
    for (let j = 0; j < size; j++, i++) sum += values[i]! * values[i]!;
    out[n] = sum;
  }
  return out;
}

/** The largest, or 0. */
export function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
