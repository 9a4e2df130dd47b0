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

/** What may stand behind such a name: "train_set", "test images". */
const BEHIND = /[\s._-]*(?:set|data|images|imgs|split)$/;

/** The split that a name stands for ("val" and "valid_set" are "validation"), in any case; undefined when it is no name of a split. */
export function splitNamed(name: string): string | undefined {
  const word = name.toLowerCase().replace(BEHIND, "");
  return Object.hasOwn(NAMES, word) ? NAMES[word] : undefined;
}

/** All names of the split that a name stands for, itself first. */
export function aliasesOf(name: string): string[] {
  const others = Object.keys(NAMES).filter((other) => sameSplit(other, name));
  return [...new Set([name, ...others])];
}

/** Do two names mean one split? */
export function sameSplit(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || (splitNamed(a) !== undefined && splitNamed(a) === splitNamed(b));
}

/**
 * The folders among these that are splits, each with the split that it stands for; undefined where they are no splits, but classes.
 *
 * They are splits where two of them stand for two different ones, or the only one there is stands for one; what they all begin with
 * ("seg_train", "seg_test") is no part of the name. Others beside two splits are neither splits nor classes.
 */
export function splitFolders(names: readonly string[]): ReadonlyMap<string, string> | undefined {
  const start = names.length > 1 ? commonStart(names) : 0;
  for (const from of new Set([0, start])) {
    const found = names.flatMap((name): [string, string][] => {
      const split = splitNamed(name.slice(from));
      return split === undefined ? [] : [[name, split]];
    });
    const different = new Set(found.map(([, split]) => split)).size;
    if (different !== found.length || different === 0) continue;
    if (different > 1 || names.length === 1) return new Map(found);
  }
  return undefined;
}

/** How much all names begin with alike, up to a mark between words. */
function commonStart(names: readonly string[]): number {
  const [first = ""] = names;
  let end = 0;
  for (let i = 0; names.every((name) => name[i] === first[i]) && i < first.length; i++)
    if (/[\s._-]/.test(first[i]!)) end = i + 1;
  return end;
}
