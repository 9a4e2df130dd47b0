import { checkKeys, type DiscreteSchedule, discreteSchedule } from "@symbreak/core";
import { type ClockTime, clockTime } from "../clock-time.ts";
import { percentileInterval } from "../statistics/percentile-interval.ts";
import { resamples } from "../statistics/resamples.ts";
import type { ClassEvidence } from "./class-evidence.ts";
import { derivative } from "./derivative.ts";
import { groupPosterior } from "./group-posterior.ts";

/** What x_t still hides about which group a sample belongs to. */
export interface ClassCurveAt extends ClockTime {
  /** H(Z | x_t), nats: the mean entropy of the posterior. */
  readonly entropy: number;
  /** dH/dt by OU time, nats: the rate at which the reverse process decides. */
  readonly rate: number;
  /** −E ln p(own group | x_t), nats: no posterior, however sure of itself, is below the truth. */
  readonly crossEntropy: number;
  /** Var(−ln p(own group | x_t)), nats²: of two Gaussian classes greatest at t_S (arXiv 2602.09651). */
  readonly variance: number;
  /** E Σ p²: the probability that two continuations end in one group. */
  readonly phi: number;
  /** (phi − Σw²)/(1 − Σw²): 0 at pure noise, 1 when decided, whatever the weights w of the groups. */
  readonly resolved: number;
}

/** When a partition of the classes is decided. */
export interface ClassCurve {
  readonly kind: "classCurve";
  readonly groups: readonly (readonly number[])[];
  /** From noise to data. */
  readonly curve: readonly ClassCurveAt[];
  /**
   * Where `resolved` crosses 0.55, which for equal groups is phi = 0.775 (arXiv 2402.18491), with the 95 % interval over the
   * samples; null where it does not.
   */
  readonly decided: (ClockTime & { readonly low: number; readonly high: number }) | null;
  readonly samples: number;
}

/** Settings of {@link classCurve}. */
export interface ClassCurveOptions {
  /** Sets of classes that count as one; samples of other classes are left out. Default: each class by itself. */
  readonly groups?: readonly (readonly number[])[];
  readonly schedule?: DiscreteSchedule;
}

/** phi = 0.775 of two equal classes. */
const DECIDED = 0.55;

const RESAMPLES = 200;

/**
 * H(Z | x_t), its rate and its pathwise variance, phi, and the time at which a partition of the classes is decided: of all
 * classes, of a pair, or of groups of them.
 */
export function classCurve(evidence: ClassEvidence, options: ClassCurveOptions = {}): ClassCurve {
  checkKeys("classCurve", options, ["groups", "schedule"]);
  const { groups = evidence.classes.map((label) => [label]), schedule = discreteSchedule() } =
    options;
  const { posteriors, own, weights } = groupPosterior("classCurve", evidence, groups);
  const samples = own.length;
  const width = groups.length;
  const chance = sum(weights.map((weight) => weight * weight));
  const times = evidence.at.map(({ ouTime }) => ouTime);
  const squares = posteriors.map((rows) => rowsOf(rows, width, (p) => p * p));
  const entropies = posteriors.map((rows) =>
    mean(rowsOf(rows, width, (p) => (p > 0 ? -p * Math.log(p) : 0))),
  );
  const rates = derivative(times, entropies);
  const phis = squares.map(mean);
  const curve = posteriors.map((rows, t) => {
    const surprises = own.map((group, n) => -Math.log(rows[n * width + group]!));
    const crossEntropy = mean(surprises);
    return {
      ...clockTime({ ouTime: times[t]! }, schedule),
      entropy: entropies[t]!,
      rate: rates[t]!,
      crossEntropy,
      variance: mean(surprises.map((value) => (value - crossEntropy) ** 2)),
      phi: phis[t]!,
      resolved: (phis[t]! - chance) / (1 - chance),
    };
  });

  const resolvedOf = (phi: number) => (phi - chance) / (1 - chance);
  const ouTime = decision(times, phis.map(resolvedOf));
  if (!Number.isFinite(ouTime))
    return { kind: "classCurve", groups, curve, decided: null, samples };
  // Beyond the times measured an end of the interval is their end.
  const held = (time: number) => Math.min(times[0]!, Math.max(times.at(-1)!, time));
  const found = [...resamples(samples, RESAMPLES, evidence.seed)].map((chosen) =>
    held(
      decision(
        times,
        squares.map((values) => resolvedOf(meanOf(values, chosen))),
      ),
    ),
  );
  const decided = { ...clockTime({ ouTime }, schedule), ...percentileInterval(found) };
  return { kind: "classCurve", groups, curve, decided, samples };
}

/** The time of {@link ClassCurve.decided} alone; Infinity where all is decided at the noisiest time, −Infinity where never. */
export function decisionOuTime(
  evidence: ClassEvidence,
  groups: readonly (readonly number[])[],
): number {
  const { posteriors, weights } = groupPosterior("decisionOuTime", evidence, groups);
  const chance = sum(weights.map((weight) => weight * weight));
  return decision(
    evidence.at.map(({ ouTime }) => ouTime),
    posteriors.map(
      (rows) => (mean(rowsOf(rows, groups.length, (p) => p * p)) - chance) / (1 - chance),
    ),
  );
}

/** On the way from noise to data the last time below the threshold, linear to the next. */
function decision(times: readonly number[], resolved: readonly number[]): number {
  const at = resolved.findLastIndex((value) => value < DECIDED);
  if (at < 0) return Infinity;
  if (at === times.length - 1) return -Infinity;
  const [below, above] = [resolved[at]!, resolved[at + 1]!];
  return times[at]! + ((DECIDED - below) / (above - below)) * (times[at + 1]! - times[at]!);
}

/** Σ f over each row. */
function rowsOf(rows: Float64Array, width: number, f: (p: number) => number): Float64Array {
  const out = new Float64Array(rows.length / width);
  for (let i = 0; i < rows.length; i++) out[Math.floor(i / width)]! += f(rows[i]!);
  return out;
}

function meanOf(values: Float64Array, chosen: Int32Array): number {
  let total = 0;
  for (let i = 0; i < chosen.length; i++) total += values[chosen[i]!]!;
  return total / chosen.length;
}

function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
