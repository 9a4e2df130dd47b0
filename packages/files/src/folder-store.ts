import { join } from "node:path";
import { canonicalJson, type Store } from "@symbreak/core";
import { isMissing, readJson } from "./read-json.ts";
import { sha256 } from "./sha256.ts";
import { sweepPartials, writeAtomically } from "./write-atomically.ts";

/** Parts of an experiment may hold thousands of features each: more than other JSON. */
const LARGEST = 1 << 28;

/**
 * A store in a folder, which is made when something is kept: one file a protocol, named by its kind, its range of samples where it
 * has one, and its digest; written whole or not at all.
 *
 * Any number of processes and machines may share the folder, without locks. A file that is damaged counts as absent, so
 * that its value is made anew, and `say` is told.
 */
export function folderStore(folder: string, say: (text: string) => void): Store {
  let swept: Promise<unknown> | undefined;
  const pathOf = (protocol: unknown): string => join(folder, fileNameOf(protocol));
  return {
    async get(protocol) {
      const path = pathOf(protocol);
      try {
        return checked(await readJson(path, LARGEST), protocol, path);
      } catch (error) {
        if (!isMissing(error)) say(`${(error as Error).message}; what it held is made anew`);
        return undefined;
      }
    },
    async set(protocol, value) {
      const [key, text] = [canonicalJson(protocol), canonicalJson(value)];
      const kept = `{"protocol":${key},"value":${text},"sha256":"${sha256(key + text)}"}\n`;
      swept ??= sweepPartials(folder);
      await swept;
      await writeAtomically(pathOf(protocol), kept);
    },
  };
}

/** "clones-000000064-000000127-9f86d081….json": what people need to see, and what makes it unique. */
function fileNameOf(protocol: unknown): string {
  const { kind, block, first, count } = (protocol ?? {}) as Partial<Record<string, unknown>>;
  const range = (block ?? { first, count }) as { first?: unknown; count?: unknown };
  const number = (n: number): string => String(n).padStart(9, "0");
  const words = [
    ...(typeof kind === "string" && /^\w{1,40}$/.test(kind) ? [kind] : []),
    ...(Number.isSafeInteger(range.first) && Number.isSafeInteger(range.count)
      ? [number(Number(range.first)), number(Number(range.first) + Number(range.count) - 1)]
      : []),
  ];
  return [...words, `${sha256(canonicalJson(protocol))}.json`].join("-");
}

function checked(kept: unknown, protocol: unknown, path: string): unknown {
  const { protocol: stored, value, sha256: digest } = (kept ?? {}) as Record<string, unknown>;
  const key = canonicalJson(protocol);
  const whole =
    value !== undefined &&
    stored !== undefined &&
    canonicalJson(stored) === key &&
    sha256(key + canonicalJson(value)) === digest;
  if (!whole) throw new Error(`${path} differs from its digest`);
  return value;
}
