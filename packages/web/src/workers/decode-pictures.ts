import { pick } from "@symbreak/analysis";
import { type Data, dataOf, SYMMETRIC } from "@symbreak/core";
import type { Chosen } from "./read-files.ts";
import type { OnStage } from "./stage.ts";

/** The longest side of a picture that is taken as it is. */
const LARGEST_SIDE = 64;

/** Bytes that all pictures together may take. */
const MOST_BYTES = 2 ** 28;

/** Pictures as one set, and the numbers of those that were taken. */
export interface Pictures extends Data {
  readonly kept: readonly number[];
  /** How many there were. */
  readonly of: number;
}

/**
 * Pictures that the browser can decode, at most `most` of them, all brought to one size: the first one's where it is small,
 * else 32 × 32, or so many pixels square. Classes are the folders that they lie in, where there are several.
 *
 * @throws Error naming the file that is no picture
 */
export async function decodePictures(
  chosen: readonly Chosen[],
  side: number | null,
  most: number,
  onStage: OnStage,
): Promise<Pictures> {
  const kept = pick(chosen.length, most);
  const taken = kept.map((n) => chosen[n]!);
  const first = await bitmapOf(taken[0]!.file);
  const fits = Math.max(first.width, first.height) <= LARGEST_SIDE;
  const [width, height] =
    side !== null ? [side, side] : fits ? [first.width, first.height] : [32, 32];
  const area = width * height;
  if (taken.length * 3 * area > MOST_BYTES)
    throw new Error(
      "So many pictures of that size are too much for a page; choose a smaller size.",
    );
  const context = new OffscreenCanvas(width, height).getContext("2d", {
    willReadFrequently: true,
  })!;
  const values = new Uint8Array(taken.length * 3 * area);
  let grey = true;
  for (const [n, { file }] of taken.entries()) {
    if (n % 50 === 0)
      onStage({
        words: `reading picture ${n + 1} of ${taken.length}`,
        share: n / taken.length,
      });
    const bitmap = await bitmapOf(file);
    // Transparent parts lie on black, as `ssb` lays them.
    context.fillStyle = "#000";
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    const { data } = context.getImageData(0, 0, width, height);
    const at = 3 * n * area;
    for (let i = 0; i < area; i++) {
      const [r, g, b] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
      grey &&= r === g && g === b;
      values[at + i] = r;
      values[at + area + i] = g;
      values[at + 2 * area + i] = b;
    }
  }
  const common = { ...classesOf(taken), kept, of: chosen.length };
  const name = `${taken.length} pictures`;
  if (!grey) return { ...dataOf(values, [3, height, width], SYMMETRIC), ...common, name };
  const one = new Uint8Array(taken.length * area);
  for (let n = 0; n < taken.length; n++)
    one.set(values.subarray(3 * n * area, (3 * n + 1) * area), n * area);
  return { ...dataOf(one, [1, height, width], SYMMETRIC), ...common, name };
}

async function bitmapOf(file: File): Promise<ImageBitmap> {
  return createImageBitmap(file).catch(() => {
    throw new Error(`${file.name} is damaged, or no picture that this browser can read.`);
  });
}

/** The folders of pictures as their classes, in the order of their names; none where all lie together. */
function classesOf(taken: readonly Chosen[]): Pick<Data, "labels" | "classNames"> {
  const folders = taken.map(({ path }) => path.split("/").at(-2) ?? "");
  const order = new Intl.Collator("en", { numeric: true });
  const names = [...new Set(folders)].sort(order.compare);
  if (names.length < 2 || names.length > 2 ** 16) return {};
  const places = new Map(names.map((name, k) => [name, k]));
  return {
    labels: Uint16Array.from(folders, (name) => places.get(name)!),
    classNames: names,
  };
}
