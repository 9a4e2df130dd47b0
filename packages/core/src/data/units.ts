import { invalid } from "../invalid.ts";

/**
 * The units in which a model sees numbers that are stored in others: x = a[c] · value + b[c] for channel c.
 *
 * Λ, t_S and t_C depend on the units, so they travel with the data, the moments and the network, as plain JSON. One a and
 * one b serve all channels.
 */
export interface Units {
  /** What to print beside a Λ: "symmetric", "zscore", "as-is", …. */
  readonly name: string;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** The numbers are what the model sees: latents, features, points of a plane. */
export const AS_IS: Units = { name: "as-is", a: [1], b: [0] };

/** Bytes as numbers of [0, 1]. */
export const UNIT: Units = { name: "unit", a: [1 / 255], b: [0] };

/** Bytes as numbers of [−1, 1], as most diffusion code has them. */
export const SYMMETRIC: Units = { name: "symmetric", a: [1 / 127.5], b: [-1] };

/** The same units, for numbers that are in them already: what a network makes, beside the images that it learned from. */
export function alreadyIn({ name }: Units): Units {
  return { name, a: [1], b: [0] };
}

/** Two maps agree when no network could tell them apart. */
const TOLERANCE = 1e-6;

/**
 * Are these the same units? Their names and maps agree, or their names do and one side's numbers are in them already
 * ({@link alreadyIn}).
 */
export function sameUnits(p: Units, q: Units): boolean {
  if (p.name !== q.name) return false;
  if (isIdentity(p) || isIdentity(q)) return true;
  return agree(p.a, q.a) && agree(p.b, q.b);
}

/**
 * Refuses numbers of other units than those wanted, and names both; units that are not known pass.
 *
 * @param what they are units of, as "moments"
 * @throws RangeError: chooseStart: moments must be in the units "symmetric", got "zscore"
 */
export function checkUnits(
  where: string,
  what: string,
  given: Units | undefined,
  wanted: Units | undefined,
): void {
  if (given === undefined || wanted === undefined || sameUnits(given, wanted)) return;
  const rule =
    given.name === wanted.name
      ? `${what} must be in the units ${describeUnits(wanted)}`
      : `${what} must be in the units "${wanted.name}"`;
  throw invalid(where, rule, given.name === wanted.name ? describeUnits(given) : given.name);
}

/**
 * The units in one line.
 *
 * @example describeUnits(unitsOf(mnist, "zscore")) // "zscore: x = (u8 − 33.3184)/78.5675"
 */
export function describeUnits({ name, a, b }: Units): string {
  if (name === "unit" && !isIdentity({ a, b })) return "unit: x = u8/255";
  if (name === "symmetric" && !isIdentity({ a, b })) return "symmetric: x = u8/127.5 − 1";
  if (isIdentity({ a, b })) return `${name}: x as it is`;
  const back = inverse({ a, b });
  const terms = back.a.map((factor, c) => `(u8 − ${digits(back.b[c]!)})/${digits(factor)}`);
  return `${name}: x = ${terms.join(", ")}`;
}

/** The map from x back to the stored numbers. */
export function inverse({ a, b }: Pick<Units, "a" | "b">): Pick<Units, "a" | "b"> {
  return { a: a.map((factor) => 1 / factor), b: b.map((offset, c) => -offset / a[c]! + 0) };
}

/** The map from numbers in some units to those in others, channel by channel: one a and b, or one a channel. */
export function unitChange(from: Units, to: Units): Pick<Units, "a" | "b"> {
  const back = inverse(from);
  const channels = Array.from({ length: Math.max(from.a.length, to.a.length) }, (_, c) => c);
  const [aTo, bTo] = [(c: number) => to.a[c % to.a.length]!, (c: number) => to.b[c % to.b.length]!];
  return {
    a: channels.map((c) => aTo(c) * back.a[c % back.a.length]!),
    b: channels.map((c) => aTo(c) * back.b[c % back.b.length]! + bTo(c)),
  };
}

function isIdentity({ a, b }: Pick<Units, "a" | "b">): boolean {
  return a.every((factor) => factor === 1) && b.every((offset) => offset === 0);
}

function agree(p: readonly number[], q: readonly number[]): boolean {
  const channels = Math.max(p.length, q.length);
  for (let c = 0; c < channels; c++) {
    const [x, y] = [p[c % p.length]!, q[c % q.length]!];
    if (!(Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y)))) return false;
  }
  return true;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(6)));
}
