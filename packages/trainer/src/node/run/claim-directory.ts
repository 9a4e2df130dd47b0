import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { invalid } from "@symbreak/core";
import { changedKeys } from "../../run/changed-keys.ts";
import { type ResolvedConfig, resolveConfig } from "../../run/config.ts";
import { CONFIG_FILE } from "./load-config.ts";
import { writeAtomically } from "./write-atomically.ts";

/** What a run may be continued with changed: how long, and what is written when. */
const FREE = /^(every|samples)\b/;

/** Refuses a directory that holds a run of another config, and names the keys. Another directory may not exist yet. */
export async function checkDirectory(directory: string, config: ResolvedConfig): Promise<void> {
  const text = await readFile(join(directory, CONFIG_FILE), "utf8").catch(() => undefined);
  // Keys that came later have their defaults in older runs.
  const before = text === undefined ? config : resolveConfig(JSON.parse(text));
  const changed = changedKeys(before, config);
  const fixed = changed.filter((key) => {
    return !FREE.test(key) && !(key === "steps" && config.optimiser.decay === "none");
  });
  if (fixed.length === 0) return;
  const rule = `${directory} must hold a run of this config: take another directory, or the values in its ${CONFIG_FILE}`;
  throw invalid("train", rule, { differing: fixed });
}

/** Makes the directory this config's, or finds that it is already. */
export async function claimDirectory(directory: string, config: ResolvedConfig): Promise<void> {
  await checkDirectory(directory, config);
  try {
    await mkdir(directory, { recursive: true });
    await writeAtomically(join(directory, CONFIG_FILE), `${JSON.stringify(config, null, 2)}\n`);
  } catch (error) {
    throw new Error(`train: ${directory} cannot be written to: ${(error as Error).message}`);
  }
}
