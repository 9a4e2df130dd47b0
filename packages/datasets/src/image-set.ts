import type { Labels } from "./labels.ts";

/** One image: channels, height, width. */
export type Shape = readonly [channels: number, height: number, width: number];

/**
 * Images as the bytes they were published as: nothing is scaled until `scaled` is called.
 *
 * Pixels of image i start at `i · channels · height · width`; within an image channels come first, then rows.
 */
export interface ImageSet {
  /** What was loaded: "mnist", or a file's or folder's name. */
  readonly name: string;
  readonly split: string | undefined;
  /** What was done since, in order: "classes 1,8", "first 5000 per class", "pad 32". */
  readonly selection: readonly string[];
  readonly images: Uint8Array;
  readonly labels: Labels | undefined;
  /** The name of class k at place k. */
  readonly classNames: readonly string[] | undefined;
  readonly count: number;
  readonly shape: Shape;
  /** The file or folder that the bytes came from. */
  readonly source: string;
}

/** Numbers in one image: channels · height · width. */
export function imageSize({ shape: [channels, height, width] }: Pick<ImageSet, "shape">): number {
  return channels * height * width;
}

/**
 * One line that says what the set is.
 *
 * @example describe(set) // "mnist train, classes 1,8, first 5000 per class, pad 32: 10000 × 1×32×32"
 */
export function describe(set: ImageSet): string {
  const name = set.split === undefined ? set.name : `${set.name} ${set.split}`;
  return `${[name, ...set.selection].join(", ")}: ${set.count} × ${set.shape.join("×")}`;
}

/** Images per class, up to the highest class known; undefined for a set without labels. */
export function classCounts(set: ImageSet): number[] | undefined {
  if (set.labels === undefined) return undefined;
  const counts = new Array<number>(set.classNames?.length ?? 0).fill(0);
  for (const label of set.labels) {
    while (counts.length <= label) counts.push(0);
    counts[label]!++;
  }
  return counts;
}
