import { type DiscreteSchedule, discreteSchedule, invalid } from "@symbreak/core";
import { type ClockTime, clockTime } from "../clock-time.ts";
import type { LossCurve } from "./loss-curve.ts";

/**
 * What equal parts of a grid are parts of, per unit of ln s with s = sigma/alpha.
 *
 * "entropic": mmse/s², the rate dH(x0 | x_s)/d ln s at which the data's entropy is decided (I-MMSE; entropic time of
 * arXiv 2504.13612). "rescaled": mmse/s, that rate times the noise, which weighs the fine details less.
 */
export type InformationWeight = "rescaled" | "entropic";

const POWER: Readonly<Record<InformationWeight, number>> = { rescaled: 1, entropic: 2 };

/** The weight of each point of a curve, as a list along its falling ln s. */
export function informationDensity(
  where: string,
  { at }: Pick<LossCurve, "at">,
  weight: InformationWeight,
): { logs: number[]; density: number[] } {
  const power = POWER[weight];
  if (power === undefined) throw invalid(where, 'weight must be "rescaled" or "entropic"', weight);
  const wrong = at.find(({ loss }) => !(loss >= 0 && loss < Infinity));
  if (at.length < 2 || wrong !== undefined)
    throw invalid(where, "curve must have at least two points of finite loss", wrong ?? at.length);
  return {
    logs: at.map(({ noiseToSignal }) => Math.log(noiseToSignal)),
    density: at.map(({ loss, noiseToSignal }) => loss / noiseToSignal ** power),
  };
}

/** What one level of a curve says. */
export interface InformationAt {
  readonly time: ClockTime;
  /** dH(x0 | x_s)/d ln s, nats per unit of ln s: how fast the data are decided here. */
  readonly rate: number;
  /** H(x0 | x_s) less that at the curve's cleanest level, nats. */
  readonly entropy: number;
}

/**
 * The entropy of the data under noise, from the loss curve alone: dH/d ln s = mmse/s² (Guo, Shamai & Verdú 2005), noisiest
 * first. Between the points of the curve the rate is taken as a power of s.
 */
export function informationAt(curve: LossCurve): InformationAt[] {
  const { logs, density } = informationDensity("informationAt", curve, "entropic");
  let entropy = 0;
  const out: InformationAt[] = [];
  for (let i = logs.length - 1; i >= 0; i--) {
    if (i < logs.length - 1)
      entropy += pieceOf(density[i]!, density[i + 1]!) * (logs[i]! - logs[i + 1]!);
    out.unshift({ time: curve.at[i]!.time, rate: density[i]!, entropy });
  }
  return out;
}

/** The mean of a function that runs exponentially from a to b: the logarithmic mean, 0 where one end is 0. */
export function pieceOf(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const log = Math.log(b / a);
  return Math.abs(log) < 1e-8 ? 0.5 * (a + b) : (b - a) / log;
}

/** Where a curve's information is densest. */
export interface InformationPeak extends ClockTime {
  readonly weight: InformationWeight;
  /** s = sigma/alpha there. */
  readonly noiseToSignal: number;
  /** Whether it lies within the curve; one at an end says only that the curve goes on. */
  readonly inside: boolean;
}

/**
 * The level where information is densest: a detector of decisions that asks for nothing but the denoising loss
 * (arXiv 2602.18647 trains there). The parabola through the highest point and its neighbours in ln s.
 */
export function informationPeak(
  curve: LossCurve,
  weight: InformationWeight = "rescaled",
  schedule: DiscreteSchedule = discreteSchedule(),
): InformationPeak {
  const { logs, density } = informationDensity("informationPeak", curve, weight);
  const top = density.indexOf(Math.max(...density));
  const inside = top > 0 && top < density.length - 1;
  const log = inside
    ? vertex(logs.slice(top - 1, top + 2), density.slice(top - 1, top + 2))
    : logs[top]!;
  const time = clockTime({ logSnr: -2 * log }, schedule);
  return { weight, ...time, noiseToSignal: Math.exp(log), inside };
}

/** Where the parabola through three points is flat. */
function vertex(x: readonly number[], y: readonly number[]): number {
  const [a, b, c] = x as [number, number, number];
  const left = (y[1]! - y[0]!) / (b - a);
  const right = (y[2]! - y[1]!) / (c - b);
  const bend = right - left;
  return bend === 0 ? b : 0.5 * (a + b) - (0.5 * left * (c - a)) / bend;
}
