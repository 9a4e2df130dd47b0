import type { Samples } from "@symbreak/core";
import type { Listed, Reference } from "./golden-file.ts";

/** What one of our runs came to. */
export interface Outcome {
  readonly x: Samples;
  readonly calls?: number;
  readonly timesteps?: readonly number[];
  readonly sigmas?: readonly number[];
  readonly initNoiseSigma?: number;
  readonly trace?: readonly number[];
}

/** Σ |x|, the number that golden cases are compared by. */
export function absoluteSum(x: Samples): number {
  let sum = 0;
  for (const value of x) sum += Math.abs(value);
  return sum;
}

/** How far we are from a reference: the relative error of the sum, and everything that differs too much. */
export interface Difference {
  readonly error: number;
  readonly complaints: readonly string[];
}

/**
 * Compares with the reference of a precision: float64 to 1e-9 (1e-6 where the sum is below 1e-3), float32 tables to
 * 1e-5 of the sum; sigmas, traces and the norm likewise, single elements to a hundred times that.
 */
export function difference(
  ours: Outcome,
  reference: Reference,
  precision: "float64" | "float32",
): Difference {
  const tiny = Math.abs(reference.sum) < 1e-3;
  const tolerance = precision === "float32" ? 1e-5 : tiny ? 1e-6 : 1e-9;
  const complaints: string[] = [];
  const check = (what: string, a: number, b: number, scale = Math.abs(b)) => {
    if (!(Math.abs(a - b) <= tolerance * scale)) complaints.push(`${what} ${a}, expected ${b}`);
  };
  const sum = absoluteSum(ours.x);
  check("sum", sum, reference.sum);
  if (precision === "float64") {
    const size = reference.sum / ours.x.length;
    if (reference.l2 !== undefined) check("l2", Math.hypot(...ours.x), reference.l2);
    for (const [i, value] of (reference.first4 ?? []).entries())
      check(`element ${i}`, ours.x[i]!, value, 100 * Math.max(size, Math.abs(value)));
    for (const [i, value] of (reference.last4 ?? []).entries())
      check(`element ${i - 4}`, ours.x.at(i - 4)!, value, 100 * Math.max(size, Math.abs(value)));
  }
  if (
    reference.n_calls !== undefined &&
    ours.calls !== undefined &&
    ours.calls !== reference.n_calls
  )
    complaints.push(`${ours.calls} network calls, expected ${reference.n_calls}`);
  if (reference.init_noise_sigma !== undefined && ours.initNoiseSigma !== undefined)
    checkClose("init_noise_sigma", ours.initNoiseSigma, reference.init_noise_sigma, complaints);
  lists("timestep", ours.timesteps, reference.timesteps, 1e-5, complaints, 1);
  lists("sigma", ours.sigmas, reference.sigmas, tolerance, complaints);
  lists("trace", ours.trace, reference.trace_sum, tolerance, complaints);
  return { error: Math.abs(sum / reference.sum - 1), complaints };
}

/** The file records it in float32 for both precisions of some cases. */
function checkClose(what: string, a: number, b: number, complaints: string[]): void {
  if (!(Math.abs(a - b) <= 1e-6 * Math.abs(b))) complaints.push(`${what} ${a}, expected ${b}`);
}

/** Element by element, from both ends of a shortened list. */
function lists(
  what: string,
  ours: readonly number[] | undefined,
  reference: Listed | undefined,
  tolerance: number,
  complaints: string[],
  floor = 1e-3,
): void {
  if (ours === undefined || reference === undefined) return;
  const gap = reference.indexOf("...");
  if (gap === -1 && ours.length !== reference.length)
    complaints.push(`${ours.length} ${what}s, expected ${reference.length}`);
  reference.forEach((value, i) => {
    if (value === "...") return;
    const mine = ours.at(gap === -1 || i < gap ? i : i - reference.length)!;
    if (!(Math.abs(mine - value) <= tolerance * Math.max(floor, Math.abs(value))))
      complaints.push(`${what} ${i} is ${mine}, expected ${value}`);
  });
}
