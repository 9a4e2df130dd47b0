import { guard, type ParquetFile, parquetFile } from "./parquet-file.ts";

/** Opens a Parquet file, of which only what is asked for is read. @throws DatasetError on one that is not Parquet, or damaged */
export async function openParquet(file: string): Promise<ParquetFile> {
  const { asyncBufferFromFile } = await import("hyparquet");
  return parquetFile(await guard(file, () => asyncBufferFromFile(file)), file);
}
