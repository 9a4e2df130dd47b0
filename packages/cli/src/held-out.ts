import { type Data, sizeOf, takeSamples, withUnits } from "@symbreak/core";
import { type LoadOptions, loadSplit } from "@symbreak/datasets";

/**
 * The test split of the same selection, in the units and with the class numbers of the data; undefined where there is none, or
 * where the data are that split. Folders number their classes by themselves, so names decide; what does not fit is left out,
 * and said in one line.
 */
export async function heldOutOf(
  dataset: string,
  { perClass: _, limit: __, split, classes, ...options }: LoadOptions,
  data: Data,
): Promise<Data | undefined> {
  if (split === "test") return undefined;
  const selection = { ...options, ...(classes && { classes: namesOf(classes, data) }) };
  const found = await loadSplit(dataset, "test", selection);
  if (found === undefined) return undefined;
  const left = (what: string) =>
    process.stderr.write(`left out: ${what} of the test split of ${dataset}\n`);
  if (sizeOf(found.shape) !== sizeOf(data.shape)) {
    left(`all samples, ${found.shape.join("×")} where the data are ${data.shape.join("×")},`);
    return undefined;
  }
  const unseen = withUnits(found, data.units);
  if (unseen.labels === undefined || data.labels === undefined) return unseen;
  const known = new Set(data.labels);
  const numbers = Array.from(unseen.labels, (label) => {
    const name = unseen.classNames?.[label];
    return name === undefined || data.classNames === undefined
      ? label
      : data.classNames.indexOf(name);
  });
  const kept = numbers.flatMap((label, n) => (known.has(label) ? [n] : []));
  const strange = numbers.length - kept.length;
  if (strange > 0) left(`${strange} samples of classes that the data lack,`);
  if (kept.length === 0) return undefined;
  const labels = Uint16Array.from(kept, (n) => numbers[n]!);
  return { ...takeSamples(unseen, kept), labels, classNames: data.classNames };
}

/** Classes by their names, where they have some: another split may number them otherwise. */
function namesOf(classes: readonly (number | string)[], { classNames }: Data): (number | string)[] {
  return classes.map((given) =>
    typeof given === "number" ? (classNames?.[given] ?? given) : given,
  );
}
