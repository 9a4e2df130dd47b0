/**
 * The error for a bad argument: it names the function, the argument with the rule, and the value.
 *
 * @example throw invalid("ddim", "eta must lie in [0, 1]", eta) // RangeError: ddim: eta must lie in [0, 1], got 2
 */
export function invalid(where: string, rule: string, value: unknown): RangeError {
  return new RangeError(`${where}: ${shortened(rule, SHOWN.rule)}, got ${show(value)}`);
}

/** Letters of a text, elements of a list, entries of an object and levels of nesting that are shown. */
const SHOWN = { rule: 4000, letters: 200, elements: 6, entries: 12, levels: 3 };

function show(value: unknown, level = 0): string {
  if (typeof value === "string") return JSON.stringify(shortened(value));
  if (typeof value === "function") return `the function ${value.name}`;
  if (typeof value !== "object" || value === null) return shortened(String(value));
  if (level === SHOWN.levels) return "…";
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const list = value as unknown as ArrayLike<unknown>;
    const first = Array.from({ length: Math.min(list.length, SHOWN.elements) }, (_, i) => list[i]);
    const shown = first.map((element) => (element == null ? "" : bare(element, level + 1)));
    return `[${shown.join(", ")}${list.length > SHOWN.elements ? `, … ${list.length} in all` : ""}]`;
  }
  const entries = Object.entries(value);
  const shown = entries
    .slice(0, SHOWN.entries)
    .map(([key, entry]) => `${shortened(key)}: ${show(entry, level + 1)}`);
  if (entries.length > SHOWN.entries) shown.push(`… ${entries.length} in all`);
  return `{ ${shown.join(", ")} }`;
}

/** Texts in lists stand without quotes. */
function bare(value: unknown, level: number): string {
  return typeof value === "string" ? shortened(value) : show(value, level);
}

/** A text whole, or its beginning and how long it is: what a file holds may be endless. */
export function shortened(text: string, letters: number = SHOWN.letters): string {
  if (text.length <= letters) return text;
  return `${text.slice(0, letters)}… ${text.length} letters in all`;
}
