import { type Data, invalid, takeSamples } from "@symbreak/core";

/** Which images to keep; the rules apply in this order. */
export interface Selection {
  /** Only these class numbers. */
  readonly classes?: readonly number[];
  /** Only the first so many of each class. */
  readonly perClass?: number;
  /** At most so many of what is left, from the first. */
  readonly limit?: number;
}

/** What can be chosen from: all that a reader knows before it decodes. */
type Candidates = Pick<Data, "name" | "count" | "labels">;

/**
 * Keeps some images of a set, in the order of the file.
 *
 * @throws RangeError when the set has no labels to choose by, or has fewer images of a class than asked for
 * @example select(mnist, { classes: [1, 8], perClass: 5000 }) // 10000 images
 */
export function select(set: Data, selection: Selection): Data {
  const chosen = chooseIndices(set, selection);
  const steps = [...(set.selection ?? []), ...selectionSteps(selection)];
  return { ...takeSamples(set, chosen), selection: steps };
}

/** The places of the images that a selection keeps, ascending. */
export function chooseIndices(set: Candidates, selection: Selection): number[] {
  const { classes, perClass, limit } = selection;
  checkSelection(set, selection);
  const chosen: number[] = [];
  const taken = new Map<number, number>();
  for (let i = 0; i < set.count && chosen.length < (limit ?? set.count); i++) {
    const label = set.labels?.[i] ?? 0;
    if (classes?.includes(label) === false) continue;
    const before = taken.get(label) ?? 0;
    if (before === perClass) continue;
    taken.set(label, before + 1);
    chosen.push(i);
  }
  return chosen;
}

/** The selection in words, for `Data.selection`. */
export function selectionSteps({ classes, perClass, limit }: Selection): string[] {
  const steps: string[] = [];
  if (classes !== undefined) steps.push(`classes ${classes.join(",")}`);
  if (perClass !== undefined) steps.push(`first ${perClass} per class`);
  if (limit !== undefined) steps.push(`first ${limit}`);
  return steps;
}

function checkSelection(set: Candidates, { classes, perClass, limit }: Selection): void {
  for (const [name, value] of Object.entries({ perClass, limit })) {
    if (value === undefined || (Number.isInteger(value) && value > 0)) continue;
    throw invalid("select", `${name} must be a positive integer`, value);
  }
  if (classes === undefined && perClass === undefined) return;
  if (set.labels === undefined) {
    throw invalid("select", "classes and perClass need a set with labels", set.name);
  }
  const counts = new Map<number, number>();
  for (const label of set.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const present = [...counts.keys()].sort((a, b) => a - b);
  const unknown = classes?.find((label) => !counts.has(label));
  if (unknown !== undefined || classes?.length === 0) {
    const rule = `classes must list some of those in the set (${present.join(", ")})`;
    throw invalid("select", rule, unknown ?? "none");
  }
  for (const label of classes ?? present) {
    if (perClass === undefined || counts.get(label)! >= perClass) continue;
    const rule = `perClass must be at most ${counts.get(label)}, all that class ${label} has`;
    throw invalid("select", rule, perClass);
  }
}
