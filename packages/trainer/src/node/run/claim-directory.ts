import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { invalid } from "@symbreak/core";
import { readJsonIfThere, writeAtomically } from "@symbreak/files";
import { changedKeys } from "../../run/changed-keys.ts";
import { type ResolvedConfig, resolveConfig } from "../../run/config.ts";
import { CONFIG_FILE } from "./load-config.ts";

/** What a run may be continued with changed: how long, and what is written when. */
const FREE = /^(every|samples)\b/;

/** Refuses a directory that holds a run of another config, and names the keys. Another directory may not exist yet. */
export async function checkDirectory(directory: string, config: ResolvedConfig): Promise<void> {
  const before = await readJsonIfThere(join(directory, CONFIG_FILE));
  if (before === undefined) return;
  const rule = `${directory} must hold a run of this config: take another directory, or the values in its ${CONFIG_FILE}`;
  checkSameRun(before, config, rule);
}

/** Refuses a checkpoint that was trained by another config than its directory says: one of the two was changed. */
export function checkCheckpoint(
  directory: string,
  trained: ResolvedConfig | undefined,
  config: ResolvedConfig,
): void {
  const file = join(directory, CONFIG_FILE);
  const rule = `${file} must say what its checkpoint was trained by: it is damaged or was changed; put the old values back, or take another directory`;
  if (trained !== undefined) checkSameRun(trained, config, rule);
}

function checkSameRun(before: unknown, config: ResolvedConfig, rule: string): void {
  // Keys that came later have their defaults in older runs.
  const differing = changedKeys(resolveConfig(before), config).filter((key) => {
    return !FREE.test(key) && !(key === "steps" && config.optimiser.decay === "none");
  });
  if (differing.length > 0) throw invalid("train", rule, { differing });
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
