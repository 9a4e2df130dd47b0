import { join } from "node:path";
import { readIfThere, readJsonIfThere, sha256 } from "@symbreak/files";
import { type Pipeline, type ReadPipelineOptions, readPipeline } from "../../diffusers/pipeline.ts";
import { type ResolvedConfig, resolveConfig } from "../../run/config.ts";
import { noClassOf } from "../../run/no-class.ts";
import { readPipelineDirectory } from "../diffusers/pipeline-directory.ts";
import { DIGESTS, knownDigests } from "./digests.ts";
import { CONFIG_FILE } from "./load-config.ts";

/** A network out of a directory. */
export interface StoredNetwork extends Pipeline {
  /** What it was trained by and on, of a run. */
  readonly config?: ResolvedConfig;
}

/**
 * Reads a run directory's averaged weights, of any objective, or any directory of {@link readPipelineDirectory}.
 *
 * @throws Error naming a file of a run that differs from its digest
 */
export async function readRunDirectory(
  directory: string,
  options: Omit<ReadPipelineOptions, "where"> = {},
): Promise<StoredNetwork> {
  const config = await runConfig(directory);
  if (config === undefined) return readPipelineDirectory(directory, options);
  const read = await checkedReader(directory);
  // Only networks that denoise in discrete time are pipelines; of the others there is the network alone.
  const isPipeline = (await read("model_index.json")) !== undefined;
  const pipeline = await readPipeline((path) => read(isPipeline ? path : `unet/${path}`), {
    where: isPipeline ? directory : join(directory, "unet"),
  });
  const noClass = noClassOf(config, pipeline.model);
  return { ...pipeline, config, ...(noClass !== undefined && { noClass }) };
}

/** Reads files of a run, and refuses those that are neither of its checkpoint nor of the one before. */
async function checkedReader(
  directory: string,
): Promise<(path: string) => Promise<Uint8Array | undefined>> {
  const known = await knownDigests(directory);
  if (known.problems.length > 0) throw new Error(known.problems.join("; "));
  return async (path) => {
    const file = join(directory, path);
    const bytes = await readIfThere(file);
    if (bytes && known.knows(path) && !known.has(path, sha256(bytes)))
      throw new Error(
        `${file} differs from its digest in ${DIGESTS}: it is damaged or was changed. Going on with the run (ssb train ${directory}) makes it anew; without ${DIGESTS} it is taken as it is`,
      );
    return bytes;
  };
}

/** A run's config; a network's own `config.json` names its class at the top. */
async function runConfig(directory: string): Promise<ResolvedConfig | undefined> {
  const config = await readJsonIfThere(join(directory, CONFIG_FILE));
  const isRun = typeof config === "object" && config !== null && "data" in config;
  return isRun ? resolveConfig(config) : undefined;
}
