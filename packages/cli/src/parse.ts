import { closest, distance } from "fastest-levenshtein";
import { UsageError } from "./usage-error.ts";

/** An option's text as an integer of at least `min`; undefined stays undefined. */
export function integer(option: string, text: string, min: number): number;
export function integer(option: string, text: string | undefined, min: number): number | undefined;
export function integer(option: string, text: string | undefined, min: number): number | undefined {
  const value = number(option, text);
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= min))
    throw new UsageError(`${option} must be an integer of at least ${min}, got ${text}`);
  return value;
}

/** An option's text as a finite number; undefined stays undefined. */
export function number(option: string, text: string): number;
export function number(option: string, text: string | undefined): number | undefined;
export function number(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new UsageError(`${option} must be a number, got "${text}"`);
  return value;
}

/** An option's text as a list of numbers, "999,716.5"; undefined stays undefined. */
export function numbers(option: string, text: string | undefined): number[] | undefined {
  return text?.split(",").map((part) => number(option, part));
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
    throw new UsageError(
      `${what} must be one of ${words.join(", ")}; got "${text}"${didYouMean(text, words)}`,
    );
  return found;
}

/** "; did you mean …?" where a word is near one of those known, else nothing. */
export function didYouMean(text: string, words: readonly string[]): string {
  if (words.length === 0) return "";
  const [typed, known] = [text.toLowerCase(), words.map((word) => word.toLowerCase())];
  const near = closest(typed, known);
  const far = distance(typed, near) > Math.max(1, near.length / 3);
  return far ? "" : `; did you mean ${words[known.indexOf(near)]}?`;
}

/**
 * A name with settings, as "dpmMultistep:order=3,solverType=heun": the values are JSON where they can be, else words.
 *
 * @param aliases short words for names with settings
 */
export function configuredWord(
  option: string,
  text: string,
  names: readonly string[],
  aliases: Readonly<Record<string, Configured>> = {},
): Configured {
  const [word = "", settings] = text.split(/:(.*)/s);
  const name = oneOf(option, word, [...names, ...Object.keys(aliases)]);
  const known = Object.hasOwn(aliases, name) ? aliases[name]! : { name, settings: {} };
  // A comma within brackets belongs to a list.
  const pairs = settings ? settings.split(/,(?![^[]*\])/) : [];
  const given = pairs.map((pair) => {
    const [key = "", value] = pair.split(/=(.*)/s);
    if (key === "" || value === undefined)
      throw new UsageError(
        `${option} must be a name with settings, such as ${names[0]}:key=value; got "${text}"`,
      );
    return [key, settingOf(value)] as const;
  });
  return { name: known.name, settings: { ...known.settings, ...Object.fromEntries(given) } };
}

/** A solver or a grid by its name in the table, with settings. */
export interface Configured {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

function settingOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
