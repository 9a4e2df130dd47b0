import { basename, resolve } from "node:path";
import { type FeatureStatistics, statisticsFromArrays } from "@symbreak/analysis";
import type { Data } from "@symbreak/core";
import { describe, type LoadOptions, loadDataset, readNpz } from "@symbreak/datasets";
import { UsageError } from "../usage-error.ts";

/** Images to make features of, or the statistics of features that were made elsewhere. */
export type Side =
  | {
      readonly kind: "images";
      readonly name: string;
      readonly description: string;
      readonly set: Data;
    }
  | {
      readonly kind: "statistics";
      readonly name: string;
      readonly description: string;
      readonly statistics: FeatureStatistics;
      /** Where the file says so. */
      readonly count: number | null;
      readonly extractor: string | null;
    };

/** One of the two things to compare: a .npz with mu and sigma (or cov), or images in bytes of anything that `loadDataset` reads. */
export async function loadSide(path: string, options: LoadOptions): Promise<Side> {
  const name = basename(resolve(path));
  if (!path.endsWith(".npz")) return ofImages(name, path, options);
  const arrays = await readNpz(path);
  if (arrays.mu === undefined) return ofImages(name, path, options);
  const statistics = statisticsFromArrays({
    mu: arrays.mu.data,
    sigma: (arrays.sigma ?? arrays.cov)?.data,
  });
  const { n, extractor } = arrays;
  return {
    kind: "statistics",
    name,
    description: `statistics of ${statistics.mean.length} features, ${name}`,
    statistics,
    count: n?.data[0] ?? null,
    extractor:
      extractor === undefined ? null : Buffer.from(Uint8Array.from(extractor.data)).toString(),
  };
}

async function ofImages(name: string, path: string, options: LoadOptions): Promise<Side> {
  const set = await loadDataset(path, options);
  if (!(set.values instanceof Uint8Array))
    throw new UsageError(
      `${path} holds floats, and distances are of images in bytes: write samples with ssb sample --bytes`,
    );
  return { kind: "images", name, description: describe(set), set };
}

/** The images of a side that has some. */
export function imagesOf(side: Side): Data | undefined {
  return side.kind === "images" ? side.set : undefined;
}
