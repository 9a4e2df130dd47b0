import {
  checkData,
  type Data,
  invalid,
  type Multiply,
  randomEnergy,
  simdMultiply,
  sizeOf,
} from "@symbreak/core";
import { coordinateMoments } from "../moments/coordinate-moments.ts";
import { meanIntervals } from "../statistics/mean-interval.ts";
import { centredFloats } from "./centred-floats.ts";
import { type PairEnergies, pairEnergies } from "./pair-energies.ts";

/** Settings of {@link participation}. */
export interface ParticipationOptions {
  /** Each above 0. */
  readonly ouTimes: readonly number[];
  /** Draws of x_t, the same ones for all times. Default 500. */
  readonly draws?: number;
  /** Default 0. */
  readonly seed?: number;
  readonly multiply?: Multiply;
}

/** How many data points share a state at one time. */
export interface ParticipationAt {
  readonly ouTime: number;
  /** E Σ_ν p(ν | x_t)², with the middle 95 % of its bootstrap: 1 in collapse, 1/n at pure noise. */
  readonly overlap: number;
  readonly low: number;
  readonly high: number;
  /** E ln(1/Σp²)/ln n: 0 in collapse, 1 at pure noise. */
  readonly logNumber: number;
  /** `logNumber` of the random-energy model, Gaussian data of the same mean variance in the limit of many dimensions. */
  readonly randomEnergy: number;
}

/** The participation ratio of the empirical posterior against time. */
export interface Participation {
  /** By ascending time. */
  readonly curve: readonly ParticipationAt[];
  readonly count: number;
  readonly size: number;
  /** s² = Tr C/d, of the random-energy model. */
  readonly variance: number;
  readonly draws: number;
  readonly seed: number;
  readonly scale: string;
}

/**
 * The condensation of the empirical posterior p(ν | x_t) ∝ exp(−|x_t − alpha a_ν|²/2Δ) for x_t noised from a data point: the
 * random-energy picture of the collapse (Biroli et al. 2024). Σp² goes from 1/n to 1 about t_C.
 */
export async function participation(
  data: Data,
  { ouTimes, draws = 500, seed = 0, multiply = simdMultiply }: ParticipationOptions,
): Promise<Participation> {
  const count = checkData("participation", data, 2);
  if (!Number.isInteger(draws) || draws < 2)
    throw invalid("participation", "draws must be an integer of at least 2", draws);
  const times = [...ouTimes].sort((a, b) => a - b);
  if (times.length === 0 || !times.every((time) => time > 0 && time < Infinity))
    throw invalid("participation", "ouTimes must list finite times above 0", ouTimes);
  const size = sizeOf(data.shape);
  const { variances } = coordinateMoments(data);
  const variance = variances.reduce((sum, value) => sum + value, 0) / size;
  const overlaps = times.map(() => new Float64Array(draws));
  let draw = 0;
  const centred = centredFloats("participation", data);
  for await (const energies of pairEnergies(centred, size, draws, seed, multiply)) {
    times.forEach((time, k) => {
      overlaps[k]![draw] = overlap(energies, 1 / Math.expm1(2 * time));
    });
    draw++;
  }
  const interval = meanIntervals(draws, seed);
  const logCount = Math.log(count);
  const curve = overlaps.map((values, k) => {
    const { value, low, high } = interval(values);
    const logs = values.reduce((sum, share) => sum - Math.log(share), 0);
    const ouTime = times[k]!;
    return {
      ...{ ouTime, overlap: value, low, high },
      logNumber: logs / draws / logCount,
      randomEnergy: randomEnergy({ count, size }, variance, ouTime).logNumber,
    };
  });
  return { curve, count, size, variance, draws, seed, scale: data.units.name };
}

/** Σ e^{2E}/(Σ e^E)² over the exponents of a draw, in terms of ratio = alpha²/sigma². */
function overlap({ distances, alignments }: PairEnergies, ratio: number): number {
  const [half, root] = [ratio / 2, Math.sqrt(ratio)];
  let top = -Infinity;
  const exponents = distances.map((distance, v) => {
    const exponent = -half * distance - root * alignments[v]!;
    if (exponent > top) top = exponent;
    return exponent;
  });
  let [sum, squares] = [0, 0];
  for (const exponent of exponents) {
    const weight = Math.exp(exponent - top);
    sum += weight;
    squares += weight * weight;
  }
  return squares / (sum * sum);
}
