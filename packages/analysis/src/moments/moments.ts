import { invalid, type Moments } from "@symbreak/core";
import { countOf, type Data, isData } from "../data.ts";
import { topSpectrum } from "../spectrum/top-spectrum.ts";
import { coordinateMoments } from "./coordinate-moments.ts";
import { dualMoments } from "./dual-moments.ts";
import { fullMoments } from "./full-moments.ts";
import { sampleCovariance, streamCovariance } from "./sample-covariance.ts";

/** Settings of {@link moments}. */
export interface MomentsOptions {
  /**
   * "full" (default): every eigenpair, exact. A number k: the k largest, and one variance for what is left (low rank +
   * isotropic, for large images). "diagonal": no correlations.
   */
  readonly rank?: "full" | "diagonal" | number;
}

/** {@link Moments} of data, and how many samples they come from. */
export interface DataMoments extends Moments {
  readonly count: number;
}

/**
 * Mean and covariance (1/n) of data in the units that the model sees: all that the speciation and collapse times, the
 * Gaussian late start and the Fréchet distance need.
 *
 * Full moments of a stream take one pass. Of data in memory, fewer samples than coordinates are decomposed by their n × n Gram
 * matrix. A rank or "diagonal" needs the data in memory and forms no d × d matrix: d = 12,288 takes megabytes.
 *
 * @example (await moments({ values: set.images, size: 784, scale })).covariance.eigenvalues[0] // Λ
 */
export async function moments(
  batches: Data | Iterable<Data> | AsyncIterable<Data>,
  options: MomentsOptions = {},
): Promise<DataMoments> {
  const { rank = "full" } = options;
  if (!isData(batches)) {
    if (rank !== "full")
      throw invalid(
        "moments",
        "rank must be full for a stream (or give the data in one piece)",
        rank,
      );
    const covariance = await streamCovariance(batches);
    return { ...fullMoments(covariance), count: covariance.count };
  }
  const count = countOf("moments", batches);
  if (rank === "full")
    return count < batches.size
      ? { ...dualMoments(batches), count }
      : { ...fullMoments(sampleCovariance(batches)), count };
  if (rank === "diagonal") {
    const { size, mean, variances } = coordinateMoments(batches);
    return { size, mean, count, covariance: { kind: "diagonal", variances } };
  }
  return lowRankMoments(batches, rank);
}

function lowRankMoments(data: Data, rank: number): DataMoments {
  const { size } = data;
  const { count, mean, trace, eigenvalues, eigenvectors } = topSpectrum(data, rank);
  const left = trace - eigenvalues.reduce((sum, value) => sum + value, 0);
  const residual = rank < size ? Math.max(0, left) / (size - rank) : 0;
  return {
    size,
    mean,
    count,
    covariance: { kind: "spectral", eigenvalues, eigenvectors, residual },
  };
}
