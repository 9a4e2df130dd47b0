import { readFileSync } from "node:fs";

/** A file of test/goldens, parsed. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./goldens/${name}`, import.meta.url), "utf8")) as T;
}
