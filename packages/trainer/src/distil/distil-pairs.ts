import { invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { StepMatchingOptions } from "../objectives/step-matching.ts";

/** Takes a batch at levels[0] down the levels, by a solver with a network: the batch at each further one. */
export type Walk = (x: Samples, levels: readonly NoiseLevel[]) => Promise<readonly Samples[]>;

/** What is taught, from where, and by whom. */
export interface DistilPairsOptions {
  /** The student's levels, from the start's down to the end of the walk. */
  readonly levels: readonly NoiseLevel[];
  /** Samples first … first + count − 1 of the start at levels[0], such as a Gaussian late start's of a seed. */
  readonly draw: (first: number, count: number) => Samples;
  /** The teacher's walk, which may well step between the levels that it is asked for: finer steps, a better solver. */
  readonly teacher: Walk;
  /**
   * The student as it is so far. Then each step but the first begins where the student's own walk has come to, and the
   * teacher goes on from there, so that the student learns to mend its own errors; without, all is the teacher's walk.
   */
  readonly student?: Walk;
  /** Where a step is to lead, as in `stepMatching`: the next level by default, or where the whole walk ends. */
  readonly ends?: StepMatchingOptions["ends"];
}

/**
 * Pairs for `stepMatching`, from samples first … first + count − 1: for each sample and each step the point where the
 * step begins and the point where the teacher's walk from there ends, count × steps × 2 × size values.
 *
 * They depend on the sample's number alone, so that they can be made in any batches.
 */
export async function distilPairs(
  { levels, draw, teacher, student, ends = "next" }: DistilPairsOptions,
  first: number,
  count: number,
): Promise<Float32Array> {
  const steps = levels.length - 1;
  const start = draw(first, count);
  const size = start.length / count;
  if (!Number.isInteger(size))
    throw invalid("distilPairs", `draw must give ${count} samples of one size`, start.length);
  const walked = async (walk: Walk, x: Samples, along: readonly NoiseLevel[]) => {
    const points = await walk(x, along);
    const right = points.length === along.length - 1 && points.every((y) => y.length === x.length);
    if (right) return points;
    const rule = `a walk must return ${x.length} values at each of ${along.length - 1} levels`;
    throw invalid("distilPairs", rule, points.map(({ length }) => length).join());
  };
  const pairs = new Float32Array(count * steps * 2 * size);
  const put = (k: number, x: Samples, y: Samples): void => {
    for (let i = 0; i < count; i++) {
      const at = (i * steps + k) * 2 * size;
      pairs.set(x.subarray(i * size, (i + 1) * size), at);
      pairs.set(y.subarray(i * size, (i + 1) * size), at + size);
    }
  };
  const endOf = (k: number): number => (ends === "next" ? k + 1 : steps);
  if (student === undefined) {
    const points = [start, ...(await walked(teacher, start, levels))];
    for (let k = 0; k < steps; k++) put(k, points[k]!, points[endOf(k)]!);
    return pairs;
  }
  const own = [start, ...(await walked(student, start, levels))];
  for (let k = 0; k < steps; k++)
    put(k, own[k]!, (await walked(teacher, own[k]!, levels.slice(k, endOf(k) + 1))).at(-1)!);
  return pairs;
}
