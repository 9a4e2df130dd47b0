import type { FrechetDistance } from "./frechet-distance.ts";
import type { KernelDistance } from "./kernel-distance.ts";

/** Below so many samples a side no distance of laws is worth its name. */
const FEW = 100;

/** What warnings look at; a statistics file does not always say of how many samples it is. */
export interface WarnedFrechet
  extends Pick<FrechetDistance, "name" | "value" | "bias" | "standardError" | "size"> {
  readonly counts: { readonly real: number | null; readonly generated: number | null };
}

/** What a reader of a Fréchet distance should know, in full sentences; none where there is nothing to say. */
export function frechetWarnings(found: WarnedFrechet): string[] {
  const { name, value, bias, standardError, counts, size } = found;
  const fewest = Math.min(counts.real ?? Infinity, counts.generated ?? Infinity);
  const warnings: string[] = [];
  if (fewest < FEW) warnings.push(`${name} is of ${fewest} samples: it says next to nothing.`);
  if (fewest <= size)
    warnings.push(
      `${name}: ${fewest} samples have a singular covariance of ${size} features, and most of the value is bias. Compare it at equal n only.`,
    );
  if (bias !== null && standardError !== null && value - bias < 2 * standardError)
    warnings.push(
      `${name} cannot be told from 0: it is ${short(value)}, with a bias of ${short(bias)} and a standard error of ${short(standardError)}.`,
    );
  return warnings;
}

/** What a reader of a kernel distance should know. */
export function kernelWarnings(found: KernelDistance): string[] {
  const { value, standardDeviation, counts } = found;
  const fewest = Math.min(counts.real, counts.generated);
  const warnings: string[] = [];
  if (fewest < FEW) warnings.push(`KID is of ${fewest} samples: it says next to nothing.`);
  if (value < 0)
    warnings.push(
      `KID is negative (${short(value)}): it is unbiased, and the two sets are too near, or too few, for it to tell.`,
    );
  else if (standardDeviation !== null && value < 2 * standardDeviation)
    warnings.push(
      `KID cannot be told from 0: ${short(value)}, with ${short(standardDeviation)} from subset to subset.`,
    );
  return warnings;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
