import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { invalid } from "@symbreak/core";
import { changedKeys } from "../../run/changed-keys.ts";
import type { ResolvedConfig } from "../../run/config.ts";
import { CONFIG_FILE } from "./load-config.ts";
import { writeAtomically } from "./write-atomically.ts";

/** What a run may be continued with changed: how long, and what is written when. */
const FREE = /^(every|samples)\b/;

/** Makes the directory this config's, or finds that it is already. */
export async function claimDirectory(directory: string, config: ResolvedConfig): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    const file = join(directory, CONFIG_FILE);
    const before = await readFile(file, "utf8").catch(() => undefined);
    const changed = before === undefined ? [] : changedKeys(JSON.parse(before), config);
    const fixed = changed.filter((key) => {
      return !FREE.test(key) && !(key === "steps" && config.optimiser.decay === "none");
    });
    if (fixed.length > 0)
      throw invalid(
        "train",
        `${directory} must be a run of this config; take another directory, or the values of ${CONFIG_FILE} there for`,
        fixed,
      );
    await writeAtomically(file, `${JSON.stringify(config, null, 2)}\n`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`train: ${directory} cannot be written to: ${message}`);
  }
}
