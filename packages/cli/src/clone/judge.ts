import { classifierJudge, type Judge, nearestJudge } from "@symbreak/analysis";
import type { Data } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { openClassifier } from "../compare/extractor.ts";

/** The name of the judge that needs no network: the class of the nearest image of the data. */
export const NEAREST = "nearest";

/**
 * A classifier network (a run, a file, `zoo:<name>`), or the nearest image of the data, choosing among the classes of `set`, or
 * among all of the classifier's where the set has no labels.
 */
export async function openJudge(name: string, set: Data, unseen: Data | undefined): Promise<Judge> {
  if (set.labels !== undefined && new Set(set.labels).size < 2)
    throw new Error(`${describe(set)} has one class: clones could not end in different ones`);
  if (name !== NEAREST) return classifierJudge(await openClassifier(name, set), set, unseen);
  if (set.labels === undefined)
    throw new Error(`${describe(set)} has no labels: name a --classifier that knows classes`);
  return nearestJudge(set, unseen);
}
