import { allocate, type Samples } from "@symbreak/core";

/** One term of a linear combination of batches. */
export type Term = readonly [coefficient: number, batch: Samples];

/** Σ coefficient · batch as a new batch of the first one's type, summed in double precision. */
export function combine(first: Term, ...rest: readonly Term[]): Samples {
  const [a, x] = first;
  const out = allocate(x);
  const [b, y] = rest[0] ?? [0, x];
  const [c, z] = rest[1] ?? [0, x];
  const [d, w] = rest[2] ?? [0, x];
  // Most updates have two to four terms; the shorter loops are twice as fast as one for all.
  if (rest.length <= 1) for (let i = 0; i < out.length; i++) out[i] = a * x[i]! + b * y[i]!;
  else if (rest.length === 2)
    for (let i = 0; i < out.length; i++) out[i] = a * x[i]! + b * y[i]! + c * z[i]!;
  else if (rest.length === 3)
    for (let i = 0; i < out.length; i++) out[i] = a * x[i]! + b * y[i]! + c * z[i]! + d * w[i]!;
  else {
    const wide = new Float64Array(x.length);
    for (const [coefficient, batch] of [first, ...rest])
      for (let i = 0; i < out.length; i++) wide[i] = wide[i]! + coefficient * batch[i]!;
    out.set(wide);
  }
  return out;
}
