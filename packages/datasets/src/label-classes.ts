import type { Labels } from "@symbreak/core";
import { naturalOrder } from "./formats/natural-order.ts";
import { packLabels } from "./labels.ts";
import type { Findings } from "./load-report.ts";

/** Labels as class numbers, and the classes' names where the labels are not numbers of classes themselves. */
export interface ClassLabels {
  readonly numbers: Labels;
  readonly names?: readonly string[];
}

/** More different values than this are no classes. */
const MOST_CLASSES = 0x10000;

/**
 * Labels of any kind as classes, one value a sample.
 *
 * Class numbers (0 to 65535) stay what they are. Other integers, strings and truths are classes by their names, in natural order.
 * Undefined, as the labels are left out, where all are missing or −1 (a test split that has none); and, which is noted, where some
 * are missing, or where they are real numbers, lists, or too many to be classes. Bytes are text in UTF-8.
 *
 * @param file for messages
 */
export function labelClasses(
  values: readonly unknown[],
  file: string,
  found: Findings,
): ClassLabels | undefined {
  const leave = (why: string): undefined => {
    found.note(`the labels were left out: ${why}`);
  };
  const isAbsent = (value: unknown): boolean => value === null || value === undefined;
  const isMissing = (value: unknown): boolean => isAbsent(value) || Number(value) === -1;
  if (values.every(isMissing)) return undefined;
  // −1 is a class where the only other is 1, and elsewhere the word for none.
  const signs = values.every((value) => !isAbsent(value) && Math.abs(Number(value)) === 1);
  const missing = values.filter(signs ? isAbsent : isMissing).length;
  if (missing > 0) return leave(`${missing} of ${values.length} rows have none`);
  const isNumber = (value: unknown): boolean =>
    typeof value === "number" || typeof value === "bigint";
  const numeric = values.every(isNumber);
  const numbers = numeric ? values.map(Number) : [];
  if (numbers.some((n) => !Number.isInteger(n))) return leave("real numbers are no classes");
  if (numeric && numbers.every((n) => n >= 0 && n < MOST_CLASSES))
    return { numbers: packLabels(numbers, file) };
  const words = values.map(wordOf);
  if (words.some((word) => word === undefined)) return leave("a sample has several values");
  const order = numeric ? (a: string, b: string) => Number(a) - Number(b) : naturalOrder;
  const names = [...new Set(words as string[])].sort(order);
  if (names.length > MOST_CLASSES) return leave(`${names.length} different values are no classes`);
  const places = new Map(names.map((name, k) => [name, k]));
  const classes = words.map((word) => places.get(word as string)!);
  return { numbers: packLabels(classes, file), names };
}

function wordOf(value: unknown): string | undefined {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === "object" ? undefined : String(value);
}
