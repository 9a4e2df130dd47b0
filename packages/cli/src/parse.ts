import { UsageError } from "./usage-error.ts";

/** An option's text as an integer of at least `min`; undefined stays undefined. */
export function integer(option: string, text: string | undefined, min: number): number | undefined {
  const value = number(option, text);
  if (value !== undefined && !(Number.isInteger(value) && value >= min))
    throw new UsageError(`${option} must be an integer of at least ${min}, got ${text}`);
  return value;
}

/** An option's text as a finite number; undefined stays undefined. */
export function number(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new UsageError(`${option} must be a number, got "${text}"`);
  return value;
}

/** An option's text as a list of non-negative integers, "1,8"; undefined stays undefined. */
export function integers(option: string, text: string | undefined): number[] | undefined {
  return text?.split(",").map((part) => {
    if (!/^\d+$/.test(part.trim()))
      throw new UsageError(
        `${option} must be integers with commas between, such as 1,8; got "${text}"`,
      );
    return Number(part);
  });
}

/** One of a few words. */
export function oneOf<const Word extends string>(
  what: string,
  text: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === text);
  if (found === undefined)
    throw new UsageError(`${what} must be one of ${words.join(", ")}; got "${text}"`);
  return found;
}
