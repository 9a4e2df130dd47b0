import { nearestNeighbours } from "@symbreak/analysis";
import type { Multiply, Samples } from "@symbreak/core";

/** How far samples are copies of training images. */
export interface Memorisation {
  readonly samples: number;
  readonly trainingImages: number;
  /** Share with d1/d2 < 1/3: much nearer to one training image than to the next. */
  readonly share: number;
  /** Different training images among the nearest. */
  readonly distinct: number;
  /** Median distance to the nearest training image, in units of the data. */
  readonly medianDistance: number;
  /** Index of the nearest training image of each sample. */
  readonly nearest: readonly number[];
}

/** The criterion of Achilli et al. 2025. */
const RATIO = 1 / 3;

/** Compares samples with the training images, both in the units of the model. */
export async function memorisation(
  samples: Samples,
  training: Float32Array,
  size: number,
  multiply: Multiply,
): Promise<Memorisation> {
  const { indices, distances } = await nearestNeighbours(
    { values: samples, size },
    { values: training, size },
    2,
    { multiply },
  );
  const count = samples.length / size;
  const nearest = Array.from({ length: count }, (_, i) => indices[2 * i]!);
  const near = Array.from({ length: count }, (_, i) => distances[2 * i]!);
  return {
    samples: count,
    trainingImages: training.length / size,
    share: near.filter((distance, i) => distance < RATIO * distances[2 * i + 1]!).length / count,
    distinct: new Set(nearest).size,
    medianDistance: near.toSorted((a, b) => a - b)[count >> 1]!,
    nearest,
  };
}
