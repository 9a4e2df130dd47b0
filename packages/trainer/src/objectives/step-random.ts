import { philoxNoise, philoxUniform } from "@symbreak/core";

/** Kinds of random numbers that a step needs; no two kinds share any. */
const STREAMS = { noise: 0, times: 1, decoder: 2, dropout: 3, labels: 4, projections: 5 } as const;

/** Rows kept apart for each kind; they lie at the very end of Philox's indices, where no sample that is drawn lies. */
const ROWS = 2 ** 24;

/** The random numbers of one training step. They depend on (seed, step, kind, row) alone, so that resuming needs only the step's number. */
export interface StepRandom {
  /** Fills `out` with standard normal numbers, `size` to a row. */
  normal(out: Float32Array, size: number, stream: keyof typeof STREAMS): void;
  /** `rows` × `size` numbers in (0, 1), beginning with row `first`. */
  uniform(rows: number, size: number, stream: keyof typeof STREAMS, first?: number): Float64Array;
}

/** The random numbers of step `step` (from 0) of the run with this seed. */
export function stepRandom(seed: number | bigint, step: number): StepRandom {
  const rowsOf = (stream: keyof typeof STREAMS, first: number, count: number): Float64Array => {
    const base = 2 ** 32 - (STREAMS[stream] + 1) * ROWS + first;
    return Float64Array.from({ length: count }, (_, i) => base + i);
  };
  return {
    normal: (out, size, stream) =>
      philoxNoise(seed, rowsOf(stream, 0, out.length / size))(out, size, step),
    uniform: (rows, size, stream, first = 0) => {
      const out = new Float64Array(rows * size);
      philoxUniform(seed, rowsOf(stream, first, rows))(out, size, step);
      return out;
    },
  };
}

/**
 * One number in each of `count` equal parts of (0, 1): number i lies in [i/n, (i+1)/n). Each is as good as uniform on
 * average over the batch, and a mean over the batch varies far less than with independent ones.
 */
export function stratified(random: StepRandom, count: number): Float64Array {
  const u = random.uniform(count, 1, "times");
  for (let i = 0; i < count; i++) u[i] = (i + u[i]!) / count;
  return u;
}
