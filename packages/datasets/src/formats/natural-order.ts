const collator = new Intl.Collator("en", { numeric: true });

/** Compares names as people do: "image 2" before "image 10"; code points break a tie. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
