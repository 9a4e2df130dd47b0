import { checkKeys } from "./check-keys.ts";
import { invalid } from "./invalid.ts";

/**
 * Checks options that are all numbers: "0.1" out of a file would be compared as one, and added as a text.
 *
 * @throws RangeError at the first key that is not one of `known`, and at the first value that is given and not a finite number
 */
export function checkNumbers(where: string, options: object, known: readonly string[]): void {
  checkKeys(where, options, known);
  for (const [key, value] of Object.entries(options))
    if (value !== undefined && !Number.isFinite(value))
      throw invalid(where, `${key} must be a finite number`, value);
}
