import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Pipeline } from "../../diffusers/pipeline.ts";
import { type ResolvedConfig, resolveConfig } from "../../run/config.ts";
import { readPipelineDirectory } from "../diffusers/pipeline-directory.ts";
import { CONFIG_FILE } from "./load-config.ts";

/** A network out of a directory. */
export interface StoredNetwork extends Pipeline {
  /** What it was trained by and on, of a run. */
  readonly config?: ResolvedConfig;
}

/** Reads a run directory's averaged weights, of any objective, or any directory of {@link readPipelineDirectory}. */
export async function readRunDirectory(directory: string): Promise<StoredNetwork> {
  const config = await runConfig(directory);
  if (config === undefined) return readPipelineDirectory(directory);
  // Only networks that denoise in discrete time are pipelines; of the others there is the network alone.
  const isPipeline = await readFile(join(directory, "model_index.json")).then(
    () => true,
    () => false,
  );
  const pipeline = await readPipelineDirectory(isPipeline ? directory : join(directory, "unet"));
  return { ...pipeline, config };
}

/** A run's config; a network's own `config.json` names its class at the top. */
async function runConfig(directory: string): Promise<ResolvedConfig | undefined> {
  const text = await readFile(join(directory, CONFIG_FILE), "utf8").catch(() => undefined);
  const config: unknown = text === undefined ? undefined : JSON.parse(text);
  const isRun = typeof config === "object" && config !== null && "data" in config;
  return isRun ? resolveConfig(config) : undefined;
}
