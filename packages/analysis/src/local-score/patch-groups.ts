/** How a local score machine looks at an image. */
export type LocalScoreKind = "local" | "equivariant" | "bordered";

/** Positions that share their patches: what is compared with what. */
export interface PatchGroup {
  /** Pixel numbers y·width + x. */
  readonly positions: readonly number[];
}

/** The side of an image and of the patches taken from it. */
export interface PatchShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Odd. */
  readonly kernel: number;
}

/**
 * Which positions of an image are compared with which of the training images: each with itself ("local"), all with all
 * ("equivariant"), or those as near to the borders as the patch can see ("bordered").
 */
export function patchGroups(kind: LocalScoreKind, shape: PatchShape): PatchGroup[] {
  const { height, width, kernel } = shape;
  const all = Array.from({ length: height * width }, (_, p) => p);
  if (kind === "equivariant") return [{ positions: all }];
  if (kind === "local") return all.map((p) => ({ positions: [p] }));
  const radius = (kernel - 1) / 2;
  const groups = new Map<string, number[]>();
  for (const p of all) {
    const [y, x] = [Math.floor(p / width), p % width];
    const key = [y, height - 1 - y, x, width - 1 - x].map((d) => Math.min(d, radius)).join();
    groups.set(key, [...(groups.get(key) ?? []), p]);
  }
  return [...groups.values()].map((positions) => ({ positions }));
}

/**
 * The patches about some positions of some images, one a row, images × positions × (channels·kernel²); beyond the border 0,
 * or the other side where the image wraps around.
 */
export function patchesOf(
  images: ArrayLike<number>,
  count: number,
  positions: readonly number[],
  { channels, height, width, kernel }: PatchShape,
  wraps: boolean,
): Float64Array {
  const radius = (kernel - 1) / 2;
  const area = height * width;
  const length = channels * kernel * kernel;
  const out = new Float64Array(count * positions.length * length);
  let at = 0;
  for (let n = 0; n < count; n++)
    for (const p of positions) {
      const [y, x] = [Math.floor(p / width), p % width];
      for (let c = 0; c < channels; c++)
        for (let dy = -radius; dy <= radius; dy++)
          for (let dx = -radius; dx <= radius; dx++, at++) {
            let [row, column] = [y + dy, x + dx];
            if (wraps) {
              row = ((row % height) + height) % height;
              column = ((column % width) + width) % width;
            } else if (row < 0 || row >= height || column < 0 || column >= width) continue;
            out[at] = images[(n * channels + c) * area + row * width + column]!;
          }
    }
  return out;
}
