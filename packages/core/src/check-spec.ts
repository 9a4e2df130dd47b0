import { invalid } from "./invalid.ts";

/** A name in a table, and settings, as plain JSON: of a grid, a solver or a threshold. */
export interface Spec {
  readonly name: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Checks that a value, perhaps out of a file, has a name and, if any, settings.
 *
 * @throws RangeError naming `where`
 */
export function checkSpec(where: string, spec: unknown): asserts spec is Spec {
  const { name, settings = {} } = isObject(spec) ? spec : {};
  if (typeof name !== "string")
    throw invalid(where, "the spec must be an object with a name", spec);
  if (!isObject(settings))
    throw invalid(where, `the settings of ${name} must be an object`, settings);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
