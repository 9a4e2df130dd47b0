import { type DiscreteSchedule, discreteSchedule, invalid } from "@symbreak/core";
import { type ChainName, chainName } from "../chain-time.ts";
import type { ClockTime } from "../clock-time.ts";
import { percentileInterval } from "../statistics/percentile-interval.ts";
import { resamples } from "../statistics/resamples.ts";
import { wilsonInterval } from "../statistics/wilson-interval.ts";
import { cloningCrossing } from "./crossing.ts";

/** The probability that clones end in one class, with its 95 % interval. */
export interface ClonePoint extends ClockTime {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Where phi crosses the threshold; the interval is of `ouTime`, by resampling trajectories. An end of it that lies beyond the
 * times is the outermost of them.
 */
export interface CloneCrossing extends ClockTime {
  readonly low: number;
  readonly high: number;
  readonly threshold: number;
}

/** phi against time. */
export interface CloningCurve {
  /** From noise to data. */
  readonly phi: readonly ClonePoint[];
  /** Null where the curve does not cross. */
  readonly crossing: CloneCrossing | null;
  readonly threshold: number;
  readonly interval: "Wilson" | "bootstrap";
  readonly schedule: ChainName;
}

/** Settings of {@link cloningCurve}. */
export interface CurveOptions {
  /** Default 0.775: phi of two Gaussian classes at t_S, and the authors' choice. */
  readonly threshold?: number;
  /** The chain of the indices. Default: linear, 1000 steps. */
  readonly schedule?: DiscreteSchedule;
  /** Of the bootstrap. Default 0. */
  readonly seed?: number;
}

const RESAMPLES = 1000;

/**
 * A curve with intervals from the agreement of each trajectory's clones at each time.
 *
 * Where all agreements are 0 or 1 the intervals are Wilson's, otherwise a bootstrap's over trajectories, as that of the
 * crossing always is: trajectories are independent, times are not.
 *
 * @param agreements at each time one number in [0, 1] a trajectory, the same trajectories at all times
 */
export function cloningCurve(
  times: readonly ClockTime[],
  agreements: readonly ArrayLike<number>[],
  options: CurveOptions = {},
): CloningCurve {
  const { threshold = 0.775, schedule = discreteSchedule(), seed = 0 } = options;
  if (!(threshold > 0 && threshold < 1))
    throw invalid("cloningCurve", "threshold must lie in (0, 1)", threshold);
  const count = agreements[0]?.length ?? 0;
  if (
    count === 0 ||
    agreements.length !== times.length ||
    agreements.some((a) => a.length !== count)
  )
    throw invalid("cloningCurve", "agreements must be as many at each time, at least one", [
      times.length,
      ...agreements.map(({ length }) => length),
    ]);
  const binary = agreements.every((at) =>
    Array.from(at).every((value) => value === 0 || value === 1),
  );
  const order = times.map((_, k) => k).sort((p, q) => times[q]!.ouTime - times[p]!.ouTime);
  const rows = order.map((k) => Float64Array.from(agreements[k]!));
  const clocks = order.map((k) => times[k]!);

  const means = rows.map((values) => values.reduce((sum, value) => sum + value, 0) / count);
  const crossingOf = (values: readonly number[]) =>
    cloningCrossing(
      clocks.map((time, k) => ({ ...time, value: values[k]! })),
      threshold,
      schedule,
    );
  const boots = rows.map(() => new Float64Array(RESAMPLES));
  const crossings = new Float64Array(RESAMPLES);
  let time = 0;
  for (const chosen of resamples(count, RESAMPLES, seed)) {
    const values = rows.map((row) => {
      let sum = 0;
      for (const i of chosen) sum += row[i]!;
      return sum / count;
    });
    values.forEach((value, k) => {
      boots[k]![time] = value;
    });
    // A curve that does not cross would do so nearer to the data if it ends below, else nearer to noise.
    const beyond = clocks.at(values.at(-1)! < threshold ? -1 : 0)!;
    crossings[time++] = (crossingOf(values) ?? beyond).ouTime;
  }
  const phi = clocks.map((clock, k) => ({
    ...clock,
    value: means[k]!,
    ...(binary
      ? wilsonInterval(Math.round(means[k]! * count), count)
      : percentileInterval(boots[k]!)),
  }));
  const found = crossingOf(means);
  return {
    phi,
    crossing: found && { ...found, ...percentileInterval(crossings), threshold },
    threshold,
    interval: binary ? "Wilson" : "bootstrap",
    schedule: chainName(schedule),
  };
}
