/** Deeper than anything that is written here, and far from the end of the stack. */
const DEEPEST = 100;

/**
 * The value of a JSON text that anyone may have written.
 *
 * `JSON.parse` takes a key `__proto__` for a property like any other, which becomes a prototype when the object is
 * copied by assignment, and nests without end, which overflows the stack of whoever walks the value: both are refused.
 *
 * @param where what the text is called in errors: the path of its file, as a rule
 * @throws Error naming `where`
 */
export function parseJson(text: string, where: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${where} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new Error(`${where} is nested more than ${DEEPEST} levels deep`);
    level = level.flatMap((node) => {
      if (typeof node !== "object" || node === null) return [];
      if (Object.hasOwn(node, "__proto__"))
        throw new Error(`${where} has a key "__proto__", which is not allowed`);
      return Object.values(node);
    });
  }
  return value;
}
