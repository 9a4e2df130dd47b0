import { invalid } from "./invalid.ts";

/**
 * Throws at the first key of `options` that is not one of `known`: a misspelt option must not be ignored in silence.
 *
 * @example checkKeys("ddim", { etta: 1 }, ["eta"]) // RangeError: ddim: options must be among eta, got "etta"
 */
export function checkKeys(where: string, options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw invalid(where, "options must be an object", options);
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw invalid(where, `options must be among ${known.join(", ") || "none"}`, key);
}
