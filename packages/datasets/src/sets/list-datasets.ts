import { DATASETS, type DatasetName } from "./datasets.ts";

/** One published set, and where it is on this machine. */
export interface DatasetEntry {
  readonly name: DatasetName;
  readonly title: string;
  /** Train + test images, their shape, classes. */
  readonly images: string;
  readonly licence: string;
  /** The name of class k at place k. */
  readonly classNames: readonly string[];
  /** The folder it is loaded from; null when it has to be fetched first. */
  readonly found: string | null;
  /** How to get it. */
  readonly source: string;
}

/** Every set that `loadDataset` knows by name. */
export function listDatasets(): DatasetEntry[] {
  return Object.entries(DATASETS).map(
    ([name, { find, title, images, licence, classNames, source }]) => ({
      name: name as DatasetName,
      title,
      images,
      licence,
      classNames,
      found: find() ?? null,
      source,
    }),
  );
}
