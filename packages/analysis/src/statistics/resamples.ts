import { philoxUniform } from "@symbreak/core";

/** `times` draws of `count` out of `count` with replacement, seeded: the resamples of a bootstrap. */
export function* resamples(count: number, times: number, seed: number): Generator<Int32Array> {
  const uniform = philoxUniform(seed);
  const draws = new Float64Array(count);
  for (let time = 0; time < times; time++) {
    uniform(draws, count, time);
    const chosen = new Int32Array(count);
    for (let i = 0; i < count; i++) chosen[i] = Math.floor(draws[i]! * count);
    yield chosen;
  }
}
