/** The names that the parts of a set go by, each with what it is called here. */
const NAMES: Readonly<Record<string, string>> = {
  train: "train",
  training: "train",
  test: "test",
  testing: "test",
  val: "validation",
  valid: "validation",
  validation: "validation",
  dev: "validation",
};

/** The split that a name stands for ("val" is "validation"), in any case; undefined when it is no name of a split. */
export function splitNamed(name: string): string | undefined {
  return Object.hasOwn(NAMES, name.toLowerCase()) ? NAMES[name.toLowerCase()] : undefined;
}

/** Do two names mean one split? */
export function sameSplit(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || (splitNamed(a) !== undefined && splitNamed(a) === splitNamed(b));
}
