import { type StepRandom, stepRandom } from "./step-random.ts";

/** The numbers of a step, and of the next with its normal ones drawn already. */
export interface DrawingAhead extends StepRandom {
  /** The next step's, with as many normal numbers at hand as this step has asked for. Takes as long as drawing them. */
  next(): DrawingAhead;
}

/** What a step asked for, and the numbers if they are there. */
interface Normals {
  readonly stream: Parameters<StepRandom["normal"]>[2];
  readonly size: number;
  readonly values: Float32Array;
}

/**
 * `stepRandom`, number for number, for a loop that has time while an engine works elsewhere: on a GPU the noise of a batch
 * can take a third as long as its step.
 */
export function drawingAhead(
  seed: number | bigint,
  step: number,
  drawn: readonly Normals[] = [],
): DrawingAhead {
  const random = stepRandom(seed, step);
  const asked: Normals[] = [];
  return {
    ...random,
    normal: (out, size, stream) => {
      const same = (other: Normals) =>
        other.stream === stream && other.size === size && other.values.length === out.length;
      const ready = drawn.find(same);
      if (ready) out.set(ready.values);
      else random.normal(out, size, stream);
      asked.push({ stream, size, values: new Float32Array(out.length) });
    },
    next: () => {
      for (const { values, size, stream } of asked)
        stepRandom(seed, step + 1).normal(values, size, stream);
      return drawingAhead(seed, step + 1, asked);
    },
  };
}
