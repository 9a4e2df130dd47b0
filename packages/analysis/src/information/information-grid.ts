import { CLEAN, type Grid, invalid, noiseToSignal } from "@symbreak/core";
import { processPath } from "@symbreak/samplers";
import { type InformationWeight, informationDensity, pieceOf } from "./information.ts";
import type { LossCurve } from "./loss-curve.ts";

/**
 * Where the equal parts of a grid end. "cleanest": at the curve's cleanest level, from which one more step goes to clean data:
 * for exact denoisers, whose every call counts. "clean": at clean data, so that no call is spent on the cleanest level, where a
 * network has next to nothing to say: of three calls that is one.
 */
export type InformationEnd = "cleanest" | "clean";

/**
 * A grid of noise levels by information (arXiv 2504.13612): steps that each take an equal part of ∫ weight d ln s, from the
 * start to the curve's cleanest level, then one to clean data, or all of them down to clean data. It costs the loss curve, once.
 *
 * "rescaled" suits DDIM and iPNDM; DPM-Solver++ 2M wants even log SNR instead, from five calls on. The loss must be the
 * denoiser's own: one computed from the data's moments lays worse grids than no curve.
 *
 * @example sample({ denoiser, process, solver: ddim(), grid: informationGrid(curve), steps: 10 })
 */
export function informationGrid(
  curve: LossCurve,
  weight: InformationWeight = "rescaled",
  end: InformationEnd = "cleanest",
): Grid {
  if (end !== "cleanest" && end !== "clean")
    throw invalid("informationGrid", 'end must be "cleanest" or "clean"', end);
  const { logs, density } = informationDensity("informationGrid", curve, weight);
  const [noisiest, cleanest] = [curve.at[0]!.level, curve.at.at(-1)!.level];
  const [top, bottom] = [logs[0]!, logs.at(-1)!];
  const points = curve.at.map((at) => [at.noiseToSignal, at.loss]);
  const settings = { weight, ...(end === "clean" && { end }), curve: points };
  const levels: Grid["levels"] = (process, steps, from = noisiest) => {
    if (steps === undefined || !Number.isInteger(steps) || steps < 1)
      throw invalid("informationGrid", "steps must be a positive integer", steps);
    if (process === undefined) throw invalid("informationGrid", "a process must be given", process);
    const path = processPath(process);
    const start = Math.log(noiseToSignal(from));
    if (!(start <= top + ROUNDING && start > bottom))
      throw invalid("informationGrid", "from must lie within the loss curve", from);
    const parts = end === "clean" ? steps : steps - 1;
    const inner = cuts(logs, density, Math.min(start, top), parts).map((log) => path(-2 * log));
    return end === "clean" || steps === 1
      ? [from, ...inner, CLEAN]
      : [from, ...inner, cleanest, CLEAN];
  };
  return { name: "information", settings, levels };
}

/** A level that has been through a conversion may lie this much above the curve, in ln s. */
const ROUNDING = 1e-6;

/** The places in ln s between `start` and the last point that cut the weight into so many equal parts; none of one part. */
function cuts(
  logs: readonly number[],
  density: readonly number[],
  start: number,
  parts: number,
): number[] {
  const first = logs.findIndex((log) => log < start) - 1;
  const share = (logs[first]! - start) / (logs[first]! - logs[first + 1]!);
  const x = [start, ...logs.slice(first + 1)];
  const y = [between(density[first]!, density[first + 1]!, share), ...density.slice(first + 1)];
  const sums = [0];
  for (let i = 1; i < x.length; i++)
    sums.push(sums[i - 1]! + pieceOf(y[i - 1]!, y[i]!) * (x[i - 1]! - x[i]!));
  const total = sums.at(-1)!;
  if (!(total > 0))
    throw invalid("informationGrid", "the loss must be positive somewhere below from", total);
  return Array.from({ length: Math.max(0, parts - 1) }, (_, k) => {
    const part = (total * (k + 1)) / parts;
    const i = sums.findIndex((sum) => sum >= part);
    const inside = (part - sums[i - 1]!) / (sums[i]! - sums[i - 1]!);
    return x[i - 1]! + placeOf(y[i - 1]!, y[i]!, inside) * (x[i]! - x[i - 1]!);
  });
}

/** The exponential from a to b at a share of the way. */
function between(a: number, b: number, share: number): number {
  return share === 0 ? a : a ** (1 - share) * b ** share;
}

/** The share of the way at which the integral of the exponential from a to b has reached `inside` of itself. */
function placeOf(a: number, b: number, inside: number): number {
  const ratio = b / a - 1;
  return Math.abs(ratio) < 1e-8 ? inside : Math.log1p(inside * ratio) / Math.log1p(ratio);
}
