import type { Side } from "./side.ts";

/** What a reader of the numbers should know of where they come from. */
export function distanceWarnings(
  counts: readonly (number | null)[],
  sides: readonly Side[],
  extractor: string,
): string[] {
  const warnings: string[] = [];
  const known = counts.filter((count) => count !== null);
  const fewest = Math.min(...known);
  if (known.length > 0 && fewest < 10_000)
    warnings.push(`the Fréchet distance of ${fewest} samples is biased upwards; KID is not`);
  if (known.length < counts.length)
    warnings.push("a statistics file does not say of how many samples it is");
  if (extractor.startsWith("inception-"))
    warnings.push(
      "the weights of the FID network are not verified: give their --sha256, and it is FID",
    );
  const others = sides.map(extractorOf).filter((name) => name !== null && name !== extractor);
  if (others.length > 0)
    warnings.push(`a statistics file is of ${others[0]} features, and these are of ${extractor}`);
  else if (sides.some((side) => side.kind === "statistics" && side.extractor === null))
    warnings.push("a statistics file does not say what its features are");
  return warnings;
}

/** What a statistics file says that its features are. */
export function extractorOf(side: Side): string | null {
  return side.kind === "statistics" ? side.extractor : null;
}
