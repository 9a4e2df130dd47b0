import { join } from "node:path";
import { canonicalJson, type Store } from "@symbreak/core";
import { isMissing, readJson } from "./read-json.ts";
import { sha256 } from "./sha256.ts";
import { sweepPartials, writeAtomically } from "./write-atomically.ts";

/**
 * A store in a folder, which is made when something is kept: one file a protocol, named by its digest, written whole or not at all.
 *
 * Any number of processes and machines may share the folder, without locks. A file that is damaged counts as absent, so
 * that its value is made anew, and `say` is told.
 */
export function folderStore(folder: string, say: (text: string) => void): Store {
  let swept: Promise<unknown> | undefined;
  const pathOf = (protocol: unknown): string =>
    join(folder, `${sha256(canonicalJson(protocol))}.json`);
  return {
    async get(protocol) {
      const path = pathOf(protocol);
      try {
        return checked(await readJson(path), protocol, path);
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
