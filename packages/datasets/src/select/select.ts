import { type Data, invalid, takeSamples } from "@symbreak/core";

/** Which images to keep; the rules apply in this order. */
export interface Selection {
  /** Only these classes, by their numbers or their names. */
  readonly classes?: readonly (number | string)[];
  /** Only the first so many of each class. */
  readonly perClass?: number;
  /** At most so many of what is left, from the first. */
  readonly limit?: number;
}

/** What can be chosen from: all that a reader knows before it decodes. */
type Candidates = Pick<Data, "name" | "count" | "labels" | "classNames">;

/**
 * Keeps some images of a set, in the order of the file.
 *
 * @throws RangeError when the set has no labels to choose by, or has fewer images of a class than asked for
 * @example select(mnist, { classes: [1, 8], perClass: 5000 }) // 10000 images
 */
export function select(set: Data, selection: Selection): Data {
  const chosen = chooseIndices(set, selection);
  const steps = [...(set.selection ?? []), ...selectionSteps(selection, set.classNames)];
  return { ...takeSamples(set, chosen), selection: steps };
}

/** The places of the images that a selection keeps, ascending. */
export function chooseIndices(set: Candidates, selection: Selection): number[] {
  const { perClass, limit } = selection;
  const classes = selection.classes?.map((given) => numberOf(set, given));
  checkSelection(set, { ...selection, classes });
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

/**
 * The selection in words, for `Data.selection`. Where names of classes look like other classes' numbers, a number is followed by
 * its class's name.
 */
export function selectionSteps(
  { classes, perClass, limit }: Selection,
  names: readonly string[] = [],
): string[] {
  const steps: string[] = [];
  const wordOf = (given: number | string): string => {
    const name = names[Number(given)] ?? "";
    const unclear = typeof given === "number" && /^\d+$/.test(name) && name !== String(given);
    return unclear ? `${given} (named ${name})` : String(given);
  };
  if (classes !== undefined) steps.push(`classes ${classes.map(wordOf).join(",")}`);
  if (perClass !== undefined) steps.push(`first ${perClass} per class`);
  if (limit !== undefined) steps.push(`first ${limit}`);
  return steps;
}

/** The number of a class that was given by its number or its name. */
function numberOf({ classNames = [], name }: Candidates, given: number | string): number {
  if (typeof given === "number") return given;
  const number = classNames.indexOf(given);
  if (number >= 0) return number;
  const known = classNames.join(", ") || `${name} has no names of classes`;
  throw invalid("select", `classes must be numbers, or names of the set (${known})`, given);
}

function checkSelection(
  set: Candidates,
  {
    classes,
    perClass,
    limit,
  }: Omit<Selection, "classes"> & { readonly classes: readonly number[] | undefined },
): void {
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
