import { invalid, type NoiseLevel, philoxNoise } from "@symbreak/core";
import type { Linearised } from "./linearised.ts";

/** Settings of a trace. */
export interface TraceOptions {
  /** "exact", every direction, or so many random ones. Default "exact" up to 64 values, then 8. */
  readonly probes?: "exact" | number;
  /** Of the random directions; sample i has its own. Default 0. */
  readonly seed?: number;
}

/** tr ∂E[x_0|x]/∂x at one state. */
export interface Trace {
  readonly value: number;
  /** Over random probes; 0 where exact, NaN of a single probe. */
  readonly standardError: number;
}

/** A function that gives the trace of a denoiser's Jacobian; the settings are checked once. */
export function traces(
  where: string,
  line: Linearised,
  options: TraceOptions = {},
): (x: Float64Array, level: NoiseLevel, sample: number) => Promise<Trace> {
  const { size } = line;
  const { probes = size <= 64 ? "exact" : 8, seed = 0 } = options;
  if (probes !== "exact" && !(Number.isInteger(probes) && probes > 0))
    throw invalid(where, 'probes must be "exact" or a positive integer', probes);
  return async (x, level, sample) => {
    const v = probes === "exact" ? unitVectors(size) : signs(probes, size, seed, sample);
    const products = await line.product(x, level, v);
    const forms = new Float64Array(v.length / size);
    for (let i = 0; i < v.length; i++) forms[Math.floor(i / size)]! += v[i]! * products[i]!;
    const total = forms.reduce((sum, form) => sum + form, 0);
    if (probes === "exact") return { value: total, standardError: 0 };
    const value = total / forms.length;
    const square = forms.reduce((sum, form) => sum + (form - value) ** 2, 0);
    return { value, standardError: Math.sqrt(square / (probes - 1) / probes) };
  };
}

/** size × size, one a row. */
export function unitVectors(size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) out[i * size + i] = 1;
  return out;
}

/** Random signs, whose forms are the trace on average (Hutchinson 1989). */
function signs(count: number, size: number, seed: number, sample: number): Float64Array {
  const out = new Float64Array(count * size);
  philoxNoise(seed, [sample])(out, out.length, 0);
  return out.map((z) => (z < 0 ? -1 : 1));
}
