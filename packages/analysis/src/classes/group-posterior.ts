import { invalid } from "@symbreak/core";
import type { ClassEvidence } from "./class-evidence.ts";

/** p(group | x_t) of the samples that belong to one of the groups. */
export interface GroupPosterior {
  /** At each time of the evidence, samples × groups. */
  readonly posteriors: readonly Float64Array[];
  /** The group of each sample. */
  readonly own: readonly number[];
  /** Prior weight of each group among them; they sum to one. */
  readonly weights: readonly number[];
}

/** Adds up the evidence of classes by group; throws unless the groups are at least two, disjoint and not empty. */
export function groupPosterior(
  where: string,
  { classes, labels, weights, at }: ClassEvidence,
  groups: readonly (readonly number[])[],
): GroupPosterior {
  const named = groups.flat();
  const stranger = named.find((label) => !classes.includes(label));
  if (stranger !== undefined)
    throw invalid(where, `groups must name classes (${classes.join(", ")})`, stranger);
  if (groups.length < 2 || new Set(named).size < named.length || groups.some((g) => g.length === 0))
    throw invalid(where, "groups must be at least two, disjoint, none empty", groups);
  const places = groups.map((group) => group.map((label) => classes.indexOf(label)));
  const groupOf = labels.map((label) => groups.findIndex((group) => group.includes(label)));
  const samples = groupOf.flatMap((group, n) => (group < 0 ? [] : [n]));
  if (samples.length === 0) throw invalid(where, "groups must hold samples", groups);
  const width = groups.length;
  const parts = places.map((group) => group.reduce((sum, k) => sum + weights[k]!, 0));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const posteriors = at.map(({ logs }) => {
    const out = new Float64Array(samples.length * width);
    samples.forEach((n, row) => {
      const own = logs.subarray(n * classes.length, (n + 1) * classes.length);
      const largest = named.reduce(
        (most, label) => Math.max(most, own[classes.indexOf(label)]!),
        -Infinity,
      );
      let sum = 0;
      for (let g = 0; g < width; g++) {
        let part = 0;
        for (const k of places[g]!) part += Math.exp(own[k]! - largest);
        out[row * width + g] = part;
        sum += part;
      }
      for (let g = 0; g < width; g++) out[row * width + g]! /= sum;
    });
    return out;
  });
  return {
    posteriors,
    own: samples.map((n) => groupOf[n]!),
    weights: parts.map((part) => part / total),
  };
}
