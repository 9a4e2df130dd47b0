import { invalid } from "../invalid.ts";

/**
 * A plain value as the one JSON text that equal values share: keys in order, no spaces, keys that are undefined left
 * out. Two protocols are the same if their texts are.
 *
 * @throws RangeError naming what JSON cannot hold: NaN and infinities (it would write null), functions, typed arrays, …
 */
export function canonicalJson(value: unknown): string {
  return textOf(value, "");
}

function textOf(value: unknown, path: string): string {
  if (value === null || typeof value === "boolean" || typeof value === "string")
    return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((entry, i) => textOf(entry, `${path}[${i}]`)).join(",")}]`;
  if (!isPlain(value))
    throw invalid(
      "canonicalJson",
      `${path === "" ? "the value" : path} must be plain: null, a boolean, a finite number, a string, a list, an object`,
      value,
    );
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map(
      (key) => `${JSON.stringify(key)}:${textOf(value[key], path === "" ? key : `${path}.${key}`)}`,
    );
  return `{${entries.join(",")}}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
