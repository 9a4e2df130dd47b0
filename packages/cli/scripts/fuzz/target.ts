import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Data, parseJson } from "@symbreak/core";
import type { Random } from "./random.ts";

/** Good files of one form, which are mutated as bytes or as JSON, and then framed: a check sum put right, a length, a zip around it. */
interface Form {
  readonly kind: "bytes" | "text";
  readonly seeds: readonly Uint8Array[];
  readonly frame?: (inner: Uint8Array) => Uint8Array;
}

/** A reader, good files for it, and files made to hurt it. */
export interface Target {
  readonly name: string;
  readonly forms: readonly Form[];
  readonly attacks: readonly Uint8Array[];
  /** Files by a generator of the target's own, one in two where there is one. */
  readonly make?: (random: Random) => Uint8Array;
  /** What an error of this reader must match. Default: the function and the rule, as core's `invalid` has them. */
  readonly names?: RegExp;
  /** Reads the file: anything but a named error, or a value that is wrong, is a finding. */
  read(file: Uint8Array): Promise<unknown>;
}

/** What a reader took for good and is not. */
export class WrongValue extends Error {}

/** Says what is wrong with a value that was read. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new WrongValue(what);
}

/** `invalid(where, rule, value)`: the function or the file, then the rule. */
export const NAMED: RegExp = /^[\w. ()"-]+: ./;

export const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

export const json = (bytes: Uint8Array, name: string): unknown =>
  parseJson(Buffer.from(bytes).toString(), name);

export const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

/** What every reader of JSON is told. */
export const JSON_ATTACKS: readonly Uint8Array[] = [
  deep(100_000),
  `${"[".repeat(1_000_000)}`,
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"name":"a","name":"b","name":{"name":[]}}',
  "null",
  "[]",
  "1",
  '"x"',
  "",
  "\u0000",
].map(text);

/** Writes files below a folder, and says where. */
export function writer(folder: string): (name: string, bytes: Uint8Array) => string {
  return (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
}

/** Data hold together: as many finite numbers as count and shape say, and labels that are classes. */
export function checkData({ values, shape, count, labels, classNames }: Data): void {
  const size = shape.reduce((product, n) => product * n, 1);
  must(Number.isInteger(count) && count > 0, `data of ${count} samples`);
  must(values.length === count * size, `${values.length} numbers as ${count} × ${shape}`);
  must(values instanceof Uint8Array || values.every(Number.isFinite), "numbers that are none");
  if (labels === undefined) return;
  must(labels.length === count, `${labels.length} labels of ${count} samples`);
  const classes = classNames?.length ?? Infinity;
  must(
    labels.every((label) => label < classes),
    `labels beyond the ${classes} classes`,
  );
}

export function bytesOf(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (i * 37) % 256);
}
