import { type Data, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { readIdx } from "./idx.ts";

/** SHA-256 of a pair of idx files, unpacked and with their headers. */
export interface IdxDigests {
  readonly images: string;
  readonly labels: string;
}

/** Images and labels from a pair of idx files. @throws DatasetError when they are empty or differ in number */
export async function readIdxImages(
  imagesFile: string,
  labelsFile: string | undefined,
  digests?: IdxDigests,
): Promise<Pick<Data, "values" | "labels" | "count" | "shape" | "units">> {
  const images = await readIdx(imagesFile, 3, digests?.images);
  const [count, height, width] = images.shape as [number, number, number];
  if (images.data.length === 0) {
    const found = images.shape.join(" × ");
    throw new DatasetError({ file: imagesFile, offset: 4, expected: "at least one image", found });
  }
  const labels =
    labelsFile === undefined ? undefined : await readIdx(labelsFile, 1, digests?.labels);
  if (labels !== undefined && labels.shape[0] !== count) {
    throw new DatasetError({
      file: labelsFile!,
      offset: 4,
      expected: `${count} labels, one for each image of ${imagesFile}`,
      found: `${labels.shape[0]}`,
    });
  }
  const shape = [1, height, width];
  return { values: images.data, labels: labels?.data, count, shape, units: SYMMETRIC };
}
