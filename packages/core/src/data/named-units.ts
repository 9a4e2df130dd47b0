import { invalid } from "../invalid.ts";
import type { Data } from "./data.ts";
import { channelMoments, perPixelVariance } from "./pixel-moments.ts";
import { AS_IS, SYMMETRIC, UNIT, type Units } from "./units.ts";

/**
 * Units that are known by name.
 *
 * - `unit`: u8/255, in [0, 1]
 * - `symmetric`: u8/127.5 − 1, in [−1, 1], that of most diffusion code; Λ is 4 times that of `unit`
 * - `zscore`: (value − m)/s, with the mean and standard deviation of each channel over all its pixels
 * - `trace`: (value − m)/√(Tr C/d), with the mean of each channel and C the covariance about the mean image: Tr C/d = 1
 * - `as-is`: the value
 */
export type UnitsName = "unit" | "symmetric" | "zscore" | "trace" | "as-is";

export const UNITS: readonly UnitsName[] = ["unit", "symmetric", "zscore", "trace", "as-is"];

/**
 * The units of this name for this data: the statistics of `zscore` and `trace` are the data's own.
 *
 * @throws RangeError on an unknown name, byte units for floats, or when a channel is constant and nothing can be normalised
 */
export function unitsOf(data: Data, name: UnitsName): Units {
  switch (name) {
    case "unit":
      checkBytes(data, name);
      return UNIT;
    case "symmetric":
      checkBytes(data, name);
      return SYMMETRIC;
    case "zscore": {
      const { mean, std } = channelMoments(data);
      return standardised(name, mean, std);
    }
    case "trace": {
      const { mean } = channelMoments(data);
      const deviation = Math.sqrt(perPixelVariance(data));
      return standardised(
        name,
        mean,
        mean.map(() => deviation),
      );
    }
    case "as-is":
      return AS_IS;
    default:
      throw invalid("unitsOf", `units must be one of ${UNITS.join(", ")}`, name);
  }
}

/**
 * The same numbers in other units: by name, or those of another set.
 *
 * @example withUnits(mnist, "zscore")
 * @example withUnits(test, train.units) // the training set's statistics
 */
export function withUnits(data: Data, units: UnitsName | Units): Data {
  return { ...data, units: typeof units === "string" ? unitsOf(data, units) : units };
}

function checkBytes({ values }: Data, name: string): void {
  if (values instanceof Uint8Array) return;
  const rule = `"${name}" is of bytes; floats need zscore, trace, as-is, or a map of their own`;
  throw invalid("unitsOf", rule, values.constructor.name);
}

function standardised(name: UnitsName, mean: number[], deviation: number[]): Units {
  if (deviation.some((s) => s === 0))
    throw invalid("unitsOf", `${name} needs values that vary in every channel`, "a constant one");
  return {
    name,
    a: deviation.map((s) => 1 / s),
    b: deviation.map((s, c) => -mean[c]! / s),
  };
}
