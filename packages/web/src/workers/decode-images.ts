import { type Data, dataOf, SYMMETRIC } from "@symbreak/core";
import { arrayImages, parseIdx, parseNpy } from "@symbreak/datasets/bytes";

/** Images taken at most; more change no spectrum that a page can show. */
const MOST = 5000;

/** The longest side of a picture that is taken as it is. */
const LARGEST_SIDE = 64;

/** Images in files of the reader's: one idx or .npy array, or pictures that the browser can decode. */
export async function decodeFiles(
  files: readonly File[],
  side: number | null,
  onStage: (stage: string) => void,
): Promise<Data> {
  const array = files.find(({ name }) => /\.npy$|ubyte(\.gz)?$|\.idx\d?(\.gz)?$/.test(name));
  const data = array === undefined ? await pictures(files, side, onStage) : await read(array);
  const size = data.values.length / data.count;
  if (data.count < 2)
    throw new Error(`${files[0]!.name} holds one image; it takes at least two to differ.`);
  if (data.count <= MOST) return data;
  return { ...data, count: MOST, values: data.values.slice(0, MOST * size) };
}

/** An array of images, by the readers of @symbreak/datasets. */
async function read(file: File): Promise<Data> {
  const packed = file.name.endsWith(".gz");
  const stream = packed
    ? file.stream().pipeThrough(new DecompressionStream("gzip"))
    : file.stream();
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  if (file.name.endsWith(".npy")) {
    const { values, shape, units } = arrayImages(parseNpy(bytes, file.name), file.name);
    return { ...dataOf(values, shape, units), name: file.name };
  }
  const { shape, data } = parseIdx(bytes, file.name);
  if (shape.length !== 3)
    throw new Error(`${file.name} holds ${shape.length === 1 ? "labels" : "no images"}.`);
  return { ...dataOf(data, [1, shape[1]!, shape[2]!], SYMMETRIC), name: file.name };
}

/** Pictures, all brought to one size: the first one's where it is small, or so many pixels square. */
async function pictures(
  files: readonly File[],
  side: number | null,
  onStage: (stage: string) => void,
): Promise<Data> {
  const chosen = files.filter(
    ({ type, name }) => type.startsWith("image/") && !name.startsWith("."),
  );
  if (chosen.length === 0)
    throw new Error(
      "There is no image among these files. idx, .npy and what the browser shows as a picture can be read; for Parquet and .npz take ssb analyze.",
    );
  const first = await createImageBitmap(chosen[0]!);
  const fits = Math.max(first.width, first.height) <= LARGEST_SIDE;
  const [width, height] =
    side !== null ? [side, side] : fits ? [first.width, first.height] : [32, 32];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const area = width * height;
  const taken = chosen.slice(0, MOST);
  const values = new Uint8Array(taken.length * 3 * area);
  let grey = true;
  for (const [n, file] of taken.entries()) {
    if (n % 50 === 0) onStage(`reading picture ${n + 1} of ${taken.length}`);
    const bitmap = await createImageBitmap(file).catch(() => {
      throw new Error(`${file.name} is damaged, or no picture that this browser can read.`);
    });
    context.clearRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    const { data } = context.getImageData(0, 0, width, height);
    for (let i = 0; i < area; i++) {
      const [r, g, b] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
      grey &&= r === g && g === b;
      values.set([r], (3 * n + 0) * area + i);
      values.set([g], (3 * n + 1) * area + i);
      values.set([b], (3 * n + 2) * area + i);
    }
  }
  const name = `${taken.length} pictures`;
  if (!grey) return { ...dataOf(values, [3, height, width], SYMMETRIC), name };
  const one = new Uint8Array(taken.length * area);
  for (let n = 0; n < taken.length; n++)
    one.set(values.subarray(3 * n * area, (3 * n + 1) * area), n * area);
  return { ...dataOf(one, [1, height, width], SYMMETRIC), name };
}
