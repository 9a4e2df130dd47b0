import type { Data } from "@symbreak/core";
import { byteScatter } from "./byte-scatter.ts";
import { floatScatter } from "./float-scatter.ts";

/** First and second moments of what was added so far, about a fixed `shift`, in the units of the values. */
export interface ScatterSum {
  count: number;
  readonly shift: Float64Array;
  /** Σ (x − shift) */
  readonly sum: Float64Array;
  /** Σ (x − shift)(x − shift)ᵀ, upper triangle of size × size. */
  readonly products: Float64Array;
}

/** Adds samples to a scatter sum: of bytes about 0 in exact integers, of floats about their first block's mean. */
export function scatterAdder(
  where: string,
  size: number,
  bytes: boolean,
): { add: (values: Data["values"]) => void; sums: ScatterSum } {
  const sums: ScatterSum = {
    count: 0,
    shift: new Float64Array(size),
    sum: new Float64Array(size),
    products: new Float64Array(size * size),
  };
  const addBytes = bytes ? byteScatter(sums) : undefined;
  const addFloats = bytes ? undefined : floatScatter(where, sums);
  const add = (values: Data["values"]): void => {
    if (values instanceof Uint8Array) addBytes?.(values);
    else addFloats?.(values);
  };
  return { add, sums };
}
