import { parseJson } from "@symbreak/core";

/** Strings, to be passed over, and the three words that Python writes for numbers that JSON has not. */
const WORDS = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * The value of JSON as Python's `json.dump` writes it: `-Infinity`, `Infinity` and `NaN` stand in it bare, as in diffusers'
 * own default `lambda_min_clipped`. They come out as strings, so that the value can be written as JSON again.
 *
 * @param where what the text is called in errors
 * @throws Error as `parseJson` does, where it is not JSON apart from these
 */
export function parsePythonJson(text: string, where: string): unknown {
  const quoted = text.replace(WORDS, (word) => (word.startsWith('"') ? word : `"${word}"`));
  return parseJson(quoted, where);
}

/** A value as diffusers writes its configs, with the three words bare again: Python would take the strings for strings. */
export function writePythonJson(value: unknown): string {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return text.replace(/"(-?Infinity|NaN)"(?=[,\n])/g, "$1");
}
