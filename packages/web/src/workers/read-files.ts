import { pick } from "@symbreak/analysis";
import { type Data, dataOf, type Labels, SYMMETRIC, sizeOf, takeSamples } from "@symbreak/core";
import { arrayImages, npzImages, parseIdx, parseNpy, parseParquet } from "@symbreak/datasets/bytes";
import { decodePictures } from "./decode-pictures.ts";
import { type OnStage, unpacked } from "./stage.ts";

/** A file with the place that it has in the folder that was chosen: "cats/3.png". */
export interface Chosen {
  readonly file: File;
  readonly path: string;
}

/** A network's file, and the JSON that says what it holds where the file does not. */
export interface NetworkFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly notes?: unknown;
}

/** What is in the reader's files. */
export interface Opened {
  readonly data?: Data | undefined;
  readonly network?: NetworkFile | undefined;
  /** What was left out or cut, a sentence each. */
  readonly notes: readonly string[];
}

/** Images taken at most; more change no spectrum that a page can show. */
const MOST = 5000;

const ARRAY = /\.(npy|npz|parquet|idx\d?)$|ubyte$/;

/** Reads files: one array of images or pictures, with their classes where they have some, and a network. */
export async function readFiles(
  chosen: readonly Chosen[],
  side: number | null,
  onStage: OnStage,
): Promise<Opened> {
  const named = chosen.filter(({ file }) => !file.name.startsWith("."));
  const bare = ({ file }: Chosen) => file.name.toLowerCase().replace(/\.gz$/, "");
  const networks = named.filter((one) => bare(one).endsWith(".onnx"));
  const jsons = named.filter((one) => bare(one).endsWith(".json"));
  const arrays = named.filter((one) => ARRAY.test(bare(one)));
  const pictures = named.filter(({ file }) => file.type.startsWith("image/"));
  const known = new Set([...networks, ...jsons, ...arrays, ...pictures]);
  const others = named.filter((one) => !known.has(one));
  if (networks.length > 1)
    throw new Error("There are several networks; one is looked at at a time.");
  const network = networks[0] && (await networkFile(networks[0].file, jsons));
  if (arrays.length > 0 && pictures.length > 0)
    throw new Error("There are arrays and pictures; one or the other is a set of images.");
  if (arrays.length + pictures.length + networks.length === 0)
    throw new Error(
      `There is no image among these files (${others[0]?.file.name ?? "none"} …). What can be read: pictures, .npy, .npz, Parquet, idx, and networks as .onnx.`,
    );
  const notes = others.length > 0 ? [`${others.length} other files were left out.`] : [];
  if (arrays.length + pictures.length === 0) return { network, notes };
  const read =
    arrays.length > 0
      ? await ofArrays(arrays, side, onStage)
      : await decodePictures(pictures, side, MOST, onStage);
  const data = { ...read, count: read.values.length / sizeOf(read.shape) };
  if (data.count < 2)
    throw new Error(`${named[0]!.file.name} holds one image; it takes at least two to differ.`);
  const total = "of" in read ? (read.of as number) : data.count;
  if (total > MOST) notes.push(`${MOST} of ${total} images were taken, evenly spread.`);
  return { data: data.count > MOST ? spread(data, MOST) : data, network, notes };
}

/** So many samples, spread evenly: sets that are sorted by class keep all classes. */
export function spread(data: Data, most: number): Data {
  return takeSamples(data, pick(data.count, most));
}

async function networkFile(file: File, jsons: readonly Chosen[]): Promise<NetworkFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const notes = jsons.find(({ file: { name } }) => name === file.name.replace(/\.onnx$/i, ".json"));
  if (notes === undefined) return { name: file.name, bytes };
  try {
    return { name: file.name, bytes, notes: JSON.parse(await notes.file.text()) };
  } catch {
    throw new Error(`${notes.file.name} is no JSON.`);
  }
}

/** One file of images, or idx images with their labels. */
async function ofArrays(
  arrays: readonly Chosen[],
  side: number | null,
  onStage: OnStage,
): Promise<Data> {
  const contents = await Promise.all(
    arrays.map(async ({ file }) => ({
      name: file.name.replace(/\.gz$/i, ""),
      bytes: await unpacked(new Uint8Array(await file.arrayBuffer())),
    })),
  );
  const labels = contents.find(({ name }) => /labels?[-.].*(idx1|ubyte)/.test(name));
  const images = contents.filter((one) => one !== labels);
  if (images.length !== 1)
    throw new Error(
      images.length === 0
        ? `${labels!.name} holds labels; its images are missing.`
        : `There are ${images.length} arrays of images; one is looked at at a time.`,
    );
  const { name, bytes } = images[0]!;
  const data = { ...(await ofArray(bytes, name, side, onStage)), name };
  if (labels === undefined) return data;
  const { shape, data: classes } = parseIdx(labels.bytes, labels.name);
  if (shape.length !== 1 || shape[0] !== data.count)
    throw new Error(`${labels.name} must hold ${data.count} labels, one an image.`);
  return { ...data, labels: classes as Labels };
}

async function ofArray(
  bytes: Uint8Array,
  name: string,
  side: number | null,
  onStage: OnStage,
): Promise<Data> {
  const kind = name.toLowerCase();
  if (kind.endsWith(".npz")) return npzImages(bytes, name);
  if (kind.endsWith(".npy")) return arrayImages(parseNpy(bytes, name), name);
  if (kind.endsWith(".parquet"))
    return parseParquet(bytes, name, async (images) => {
      const files = images.map(({ bytes: content, file }) => ({
        file: new File([content as Uint8Array<ArrayBuffer>], file),
        path: file,
      }));
      const { values, shape, kept } = await decodePictures(files, side, MOST, onStage);
      return { values: values as Uint8Array, shape: shape as [number, number, number], kept };
    });
  const { shape, data } = parseIdx(bytes, name);
  if (shape.length !== 3)
    throw new Error(`${name} holds ${shape.length === 1 ? "labels" : "no images"}.`);
  return dataOf(data as Uint8Array, [1, shape[1]!, shape[2]!], SYMMETRIC);
}
