import { invalid } from "@symbreak/core";

/** Throws unless a setting is left out or is one of its names. */
export function checkChoice(
  solver: string,
  setting: string,
  value: string | undefined,
  names: readonly string[],
): void {
  if (value !== undefined && !names.includes(value))
    throw invalid(solver, `${setting} must be one of ${names.join(", ")}`, value);
}
