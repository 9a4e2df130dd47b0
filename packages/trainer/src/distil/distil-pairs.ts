import { invalid, type NoiseLevel, type Samples } from "@symbreak/core";

/** Takes a batch from one level down to another: some steps of a solver with a network. */
export type Advance = (x: Samples, from: NoiseLevel, to: NoiseLevel) => Promise<Samples>;

/** What is taught, from where, and by whom. */
export interface DistilPairsOptions {
  /** The student's levels, from the start's down to the end of the walk. */
  readonly levels: readonly NoiseLevel[];
  /** Samples first … first + count − 1 of the start at levels[0], such as a Gaussian late start's of a seed. */
  readonly draw: (first: number, count: number) => Samples;
  /** The teacher's walk over each step of the student: finer steps, a better solver. */
  readonly teacher: Advance;
  /**
   * The student as it is so far. Then each step but the first begins where the student's own walk has come to, and the
   * teacher goes on from there, so that the student learns to mend its own errors; without, all is the teacher's walk.
   */
  readonly student?: Advance;
}

/**
 * Pairs for `stepMatching`, from samples first … first + count − 1: for each sample and each step the point where the
 * step begins and the point where the teacher's walk from there ends, count × steps × 2 × size values.
 *
 * They depend on the sample's number alone, so that they can be made in any batches.
 */
export async function distilPairs(
  { levels, draw, teacher, student }: DistilPairsOptions,
  first: number,
  count: number,
): Promise<Float32Array> {
  const steps = levels.length - 1;
  let x = draw(first, count);
  const size = x.length / count;
  if (!Number.isInteger(size))
    throw invalid("distilPairs", `draw must give ${count} samples of one size`, x.length);
  const pairs = new Float32Array(count * steps * 2 * size);
  for (let k = 0; k < steps; k++) {
    const [from, to] = [levels[k]!, levels[k + 1]!];
    const y = await teacher(x, from, to);
    if (y.length !== x.length)
      throw invalid("distilPairs", `the teacher must return ${x.length} values`, y.length);
    for (let i = 0; i < count; i++) {
      const at = (i * steps + k) * 2 * size;
      pairs.set(x.subarray(i * size, (i + 1) * size), at);
      pairs.set(y.subarray(i * size, (i + 1) * size), at + size);
    }
    x = student === undefined ? y : await student(x, from, to);
  }
  return pairs;
}
