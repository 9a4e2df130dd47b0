import { invalid } from "@symbreak/core";
import type { CloneAgreements } from "./clone-agreements.ts";

/**
 * What the clones of all trajectories did, from those of consecutive ranges of them, in the order of the trajectories. Agreements are put
 * side by side and labels counted in integers, so that the bits are those of one run; counts of probabilities are sums of floats
 * and may differ in the last digits.
 *
 * @throws RangeError where the parts were not branched at the same times
 */
export function mergeAgreements(parts: readonly CloneAgreements[]): CloneAgreements {
  const [first] = parts;
  if (first === undefined) throw invalid("mergeAgreements", "there must be a part", 0);
  const times = JSON.stringify(first.times);
  for (const part of parts)
    if (JSON.stringify(part.times) !== times)
      throw invalid("mergeAgreements", "all parts must be branched at the same times", part.times);
  const width = Math.max(...parts.map(({ classCounts }) => classCounts.length));
  return {
    times: first.times,
    agreements: first.times.map((_, t) => parts.flatMap(({ agreements }) => agreements[t]!)),
    classCounts: Array.from({ length: width }, (_, c) =>
      parts.reduce((sum, { classCounts }) => sum + (classCounts[c] ?? 0), 0),
    ),
    evaluations: parts.reduce((sum, { evaluations }) => sum + evaluations, 0),
  };
}
