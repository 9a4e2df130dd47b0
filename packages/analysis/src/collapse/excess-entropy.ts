import {
  checkData,
  type Data,
  type DiscreteSchedule,
  discreteSchedule,
  invalid,
  type Multiply,
  simdMultiply,
  sizeOf,
} from "@symbreak/core";
import { percentileInterval } from "../statistics/percentile-interval.ts";
import { resamples } from "../statistics/resamples.ts";
import { centredFloats } from "./centred-floats.ts";
import { lastCrossing } from "./last-crossing.ts";
import { logSum, pairEnergies } from "./pair-energies.ts";

/** Settings of {@link excessEntropy}. */
export interface ExcessEntropyOptions {
  /** Where to measure, each above 0. Default: every 50th index of the linear DDPM chain, as the authors did. */
  readonly ouTimes?: readonly number[];
  /** Draws of x_t, the same ones for all times. Default 1000. */
  readonly draws?: number;
  /** Default 0. */
  readonly seed?: number;
  /** f/alpha at which collapse is called. Default 0.05: never "exactly 0". */
  readonly threshold?: number;
  /** Default `simdMultiply`; one in single precision will do. */
  readonly multiply?: Multiply;
}

/** f at one time, with the middle 95 % of its bootstrap. */
export interface ExcessEntropyAt {
  readonly ouTime: number;
  /** f^e, nats a dimension. */
  readonly excess: number;
  /** f^e/alpha, alpha = ln n/d: 0 when x_t tells its data point, 1 (and by scatter a little more) when it tells nothing. */
  readonly fraction: number;
  readonly low: number;
  readonly high: number;
}

/** The excess entropy of the empirical law of n data points, and the collapse read from it. */
export interface ExcessEntropy {
  /** By ascending time. */
  readonly curve: readonly ExcessEntropyAt[];
  /** The last time at which f/alpha reaches the threshold from below, with its 95 % interval; null where it never does. */
  readonly collapse: { ouTime: number; low: number; high: number } | null;
  readonly threshold: number;
  /** 3/draws: with no draw above 0, f/alpha is below this at 95 %. No threshold may lie lower. */
  readonly noiseFloor: number;
  /** ln n/d */
  readonly alpha: number;
  readonly count: number;
  readonly size: number;
  readonly draws: number;
  readonly seed: number;
  readonly scale: string;
}

const RESAMPLES = 1000;

/**
 * The excess entropy f(t) of Biroli et al. 2024: 0 where the exact empirical score has collapsed on its data points.
 *
 * Their estimator f^e = E[log P^e_t]/d + alpha + ½ + ½ ln(2πΔ), with the average of |z|²/2 that it contains put at its exact
 * value d/2: what remains is f^e = E[ln Σ_ν exp(−(|x − alpha_t a_ν|² − |x − alpha_t a_μ|²)/2Δ)]/d for x drawn around a_μ, which is
 * never negative, 0 in collapse and alpha in pure noise without scatter. Their curves scatter by 0.04 in the collapsed phase;
 * this one does not. Duplicate images keep it above 0 at all times: they cannot be told apart.
 */
export async function excessEntropy(
  data: Data,
  options: ExcessEntropyOptions = {},
): Promise<ExcessEntropy> {
  const { draws = 1000, seed = 0, threshold = 0.05, multiply = simdMultiply } = options;
  const count = checkData("excessEntropy", data, 2);
  const times = ascending(options.ouTimes ?? everyFifty(discreteSchedule()));
  const noiseFloor = 3 / draws;
  if (!Number.isInteger(draws) || draws < 2)
    throw invalid("excessEntropy", "draws must be an integer of at least 2", draws);
  if (!(threshold > noiseFloor && threshold < 1))
    throw invalid(
      "excessEntropy",
      `threshold must lie in (3/draws, 1) = (${noiseFloor}, 1)`,
      threshold,
    );

  const size = sizeOf(data.shape);
  const logs = times.map(() => new Float64Array(draws));
  let draw = 0;
  const centred = centredFloats("excessEntropy", data);
  for await (const energies of pairEnergies(centred, size, draws, seed, multiply)) {
    times.forEach((time, k) => {
      logs[k]![draw] = logSum(energies, 1 / Math.expm1(2 * time));
    });
    draw++;
  }

  const logCount = Math.log(count);
  const boots = times.map(() => new Float64Array(RESAMPLES));
  const crossings = new Float64Array(RESAMPLES);
  let time = 0;
  for (const chosen of resamples(draws, RESAMPLES, seed)) {
    const fractions = logs.map((values) => mean(chosen, (i) => values[i]!) / logCount);
    fractions.forEach((fraction, k) => {
      boots[k]![time] = fraction;
    });
    crossings[time++] = lastCrossing(times, fractions, threshold) ?? Number.NaN;
  }
  const fractions = logs.map((values) => mean(values, (value) => value) / logCount);
  const alpha = logCount / size;
  const ouTime = lastCrossing(times, fractions, threshold);
  return {
    curve: times.map((t, k) => ({
      ouTime: t,
      excess: fractions[k]! * alpha,
      fraction: fractions[k]!,
      ...percentileInterval(boots[k]!),
    })),
    collapse: ouTime === undefined ? null : { ouTime, ...percentileInterval(crossings) },
    ...{ threshold, noiseFloor, alpha, count, size, draws, seed },
    scale: data.units.name,
  };
}

function mean<T>(items: Iterable<T> & { length: number }, value: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum / items.length;
}

function everyFifty({ alphaBars }: DiscreteSchedule): number[] {
  return Array.from({ length: 19 }, (_, k) => -0.5 * Math.log(alphaBars[50 * (k + 1)]!));
}

function ascending(times: readonly number[]): number[] {
  const wrong = times.find((time) => !(time > 0 && time < Infinity));
  if (wrong !== undefined || times.length === 0)
    throw invalid("excessEntropy", "ouTimes must list finite times above 0", wrong ?? times);
  return [...times].sort((p, q) => p - q);
}
