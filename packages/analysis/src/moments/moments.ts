import { checkData, type Data, invalid, type Moments, sizeOf, type Units } from "@symbreak/core";
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

/** {@link Moments} of data: their units, and how many samples they come from, are known. */
export interface DataMoments extends Moments {
  readonly units: Units;
  readonly count: number;
}

/**
 * Mean and covariance (1/n) of data in the units that the model sees: all that the speciation and collapse times, the
 * Gaussian late start and the Fréchet distance need.
 *
 * Full moments of a stream take one pass. Of data in memory, fewer samples than coordinates are decomposed by their n × n Gram
 * matrix. A rank or "diagonal" needs the data in memory and forms no d × d matrix: d = 12,288 takes megabytes.
 *
 * @example (await moments(await loadDataset("mnist"))).covariance.eigenvalues[0] // Λ
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
    return fullMoments(await streamCovariance(batches));
  }
  const count = checkData("moments", batches);
  const { units } = batches;
  const size = sizeOf(batches.shape);
  if (rank === "full")
    return count < size
      ? { ...dualMoments(batches), count, units }
      : fullMoments(sampleCovariance(batches));
  if (rank === "diagonal") {
    const { mean, variances } = coordinateMoments(batches);
    return { size, mean, count, units, covariance: { kind: "diagonal", variances } };
  }
  return lowRankMoments(batches, rank);
}

function lowRankMoments(data: Data, rank: number): DataMoments {
  const size = sizeOf(data.shape);
  const { count, mean, trace, eigenvalues, eigenvectors } = topSpectrum(data, rank);
  const left = trace - eigenvalues.reduce((sum, value) => sum + value, 0);
  const residual = rank < size ? Math.max(0, left) / (size - rank) : 0;
  const covariance = { kind: "spectral", eigenvalues, eigenvectors, residual } as const;
  return { size, mean, count, units: data.units, covariance };
}

/** Data in one piece, not batches (an array has a method `values` too). */
function isData(data: Data | object): data is Data {
  return "values" in data && ArrayBuffer.isView(data.values);
}
