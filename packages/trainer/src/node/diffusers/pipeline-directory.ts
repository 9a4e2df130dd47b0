import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type Pipeline,
  pipelineFiles,
  type ReadPipelineOptions,
  readPipeline,
} from "../../diffusers/pipeline.ts";

/** Writes a diffusers pipeline directory; see {@link pipelineFiles}. */
export async function writePipelineDirectory(directory: string, pipeline: Pipeline): Promise<void> {
  for (const [path, bytes] of Object.entries(pipelineFiles(pipeline))) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

/** Reads a diffusers pipeline directory, or one with a `UNet2DModel` alone; see {@link readPipeline}. */
export function readPipelineDirectory(
  directory: string,
  options: Omit<ReadPipelineOptions, "where"> = {},
): Promise<Pipeline> {
  const read = async (path: string) => {
    try {
      return await readFile(join(directory, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  };
  return readPipeline(read, { ...options, where: directory });
}
