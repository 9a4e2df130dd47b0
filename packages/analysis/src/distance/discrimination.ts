import { checkData, type Data, invalid } from "@symbreak/core";
import type { Anchors } from "./anchors.ts";
import type { Measure } from "./measure.ts";

/** A biased measure tells starts apart where the Gaussian is at least so many floors away. */
export const LEAST_RATIO = 3;

/**
 * An unbiased one where the Gaussian is at least so many standard deviations of the floor away: one of them is then a tenth of the
 * way from real images to the Gaussian. Three would not do, with a deviation of five sets (KID on principal components of CIFAR-10
 * came to 1.0 and 3.9 in two divisions).
 */
export const LEAST_Z = 10;

/** What a measure can tell at one n. Plain JSON. */
export interface Discrimination {
  /** "FD-lite0". */
  readonly measure: string;
  /** Samples a side: all numbers here hold at this n only. */
  readonly count: number;
  /** Of real images: mean and standard deviation over disjoint sets. For a Fréchet distance mostly bias, of order 1/n. */
  readonly floor: {
    readonly mean: number;
    readonly standardDeviation: number;
    readonly sets: number;
  };
  /** Of draws from the Gaussian with the real images' mean and covariance. */
  readonly gaussian: number;
  /** Gaussian over floor; null for an unbiased measure, whose floor is 0. */
  readonly ratio: number | null;
  /** (Gaussian − floor) in standard deviations of the floor; a standard deviation of five values is itself good to a third. */
  readonly z: number;
  /** Whether ratio is at least {@link LEAST_RATIO} (without one z {@link LEAST_Z}); below, the measure cannot judge starts. */
  readonly sees: boolean;
}

/** How far samples are, on the way from real images to the Gaussian. Plain JSON. */
export interface Placed {
  readonly value: number;
  /**
   * Value − floor: the distance corrected for the bias of finite n. Floor and value have one reference and one n, so that the
   * bias of order 1/n cancels as far as the samples' covariance is the real images'.
   */
  readonly excess: number;
  /** 0 as real images, 1 as the Gaussian; null where the measure tells the two apart in no way. */
  readonly place: number | null;
  /** Of the place, by the scatter of real sets. */
  readonly standardDeviation: number | null;
}

/**
 * What a measure can tell: how far disjoint sets of real images are from the reference, and how far the Gaussian is that has
 * their mean and covariance. A late start draws from that Gaussian; a measure that takes it for real cannot choose a start.
 *
 * @example
 * const sets = anchors(realFeatures, gaussianFeatures, { count: 1000 });
 * const found = await discrimination(frechetMeasure("lite0"), sets);
 * discriminationText(found); // "FD-lite0 sees a Gaussian: 41 × the floor"
 */
export async function discrimination(measure: Measure, sets: Anchors): Promise<Discrimination> {
  const { reference, real, gaussian, count } = sets;
  const floors: number[] = [];
  for (const set of real) floors.push(await measure.distance(reference, set));
  const mean = floors.reduce((sum, value) => sum + value, 0) / floors.length;
  const squares = floors.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardDeviation = Math.sqrt(squares / (floors.length - 1));
  const top = await measure.distance(reference, gaussian);
  const ratio = measure.unbiased ? null : top / mean;
  const z = (top - mean) / standardDeviation;
  return {
    measure: measure.name,
    count,
    floor: { mean, standardDeviation, sets: floors.length },
    gaussian: top,
    ratio,
    z,
    sees: ratio === null ? z >= LEAST_Z : ratio >= LEAST_RATIO,
  };
}

/**
 * The place of samples between real images and the Gaussian.
 *
 * @throws RangeError unless there are as many samples as in each of the anchors: at another n the floor is another
 */
export async function placed(
  measure: Measure,
  sets: Anchors,
  { floor, gaussian }: Discrimination,
  samples: Data,
): Promise<Placed> {
  const count = checkData("placed", samples);
  if (count !== sets.count)
    throw invalid("placed", `samples must be ${sets.count}, as in each of the anchors`, count);
  const value = await measure.distance(sets.reference, samples);
  const way = gaussian - floor.mean;
  const apart = way > 0;
  return {
    value,
    excess: value - floor.mean,
    place: apart ? (value - floor.mean) / way : null,
    standardDeviation: apart ? floor.standardDeviation / way : null,
  };
}

/** The discrimination in a few words: "FD-lite0 sees a Gaussian: 41 × the floor", or that it cannot judge starts. */
export function discriminationText({ measure, ratio, z, sees }: Discrimination): string {
  const isBiased = ratio !== null;
  const size = isBiased ? `${short(ratio)} × the floor` : `z = ${short(z)}`;
  return sees
    ? `${measure} sees a Gaussian: ${size}`
    : `${measure} cannot judge starts: for it a Gaussian is at ${size}, below ${isBiased ? LEAST_RATIO : LEAST_Z}`;
}

function short(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 1 : 0);
}
