import { join } from "node:path";
import { readIfThere, writeAtomically } from "@symbreak/files";
import {
  type Pipeline,
  pipelineFiles,
  type ReadPipelineOptions,
  readPipeline,
} from "../../diffusers/pipeline.ts";

/** Writes a diffusers pipeline directory; see {@link pipelineFiles}. */
export async function writePipelineDirectory(directory: string, pipeline: Pipeline): Promise<void> {
  for (const [path, bytes] of Object.entries(pipelineFiles(pipeline))) {
    await writeAtomically(join(directory, path), bytes);
  }
}

/** Reads a diffusers pipeline directory, or one with a `UNet2DModel` alone; see {@link readPipeline}. */
export function readPipelineDirectory(
  directory: string,
  options: Omit<ReadPipelineOptions, "where"> = {},
): Promise<Pipeline> {
  const read = (path: string) => readIfThere(join(directory, path));
  return readPipeline(read, { ...options, where: directory });
}
