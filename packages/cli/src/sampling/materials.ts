import { moments } from "@symbreak/analysis";
import { inUnits, invalid, type Moments, sizeOf, type Units, withUnits } from "@symbreak/core";
import { describe, type LoadOptions, loadDataset, readNpy } from "@symbreak/datasets";
import { readBounded, sha256 } from "@symbreak/files";
import type { FoundRuntime } from "@symbreak/networks/node";
import {
  greyLevels,
  knownValues,
  type Measurement,
  type Network,
  noisedStart,
  observe,
  type Start,
} from "@symbreak/samplers";
import { openNamed } from "../networks.ts";

/**
 * What samples were made with besides a network and numbers, as plain JSON in their result: data whose moments a late start
 * has, and files. With the protocol it is all that `ssb again` needs.
 */
export interface Materials {
  /** Units that the network was told to have. */
  readonly units?: Units;
  /** The data whose moments these are, where they are not the network's own. */
  readonly moments?: { readonly dataset: string; readonly options: LoadOptions };
  /** Name or path of a weaker network, to be led away from. */
  readonly weak?: string;
  /** Inpainting: an image, and a mask that is white where it is known. */
  readonly known?: MaterialFile;
  readonly mask?: MaterialFile;
  /** Colourisation: a grey image. */
  readonly grey?: MaterialFile;
  /** Noise of one's own at the top of the grid. */
  readonly noise?: MaterialFile;
  /** Images of one's own, noised to the start's level. */
  readonly noised?: MaterialFile;
}

/** A file by its name and content: another of that name is refused. */
export interface MaterialFile {
  readonly file: string;
  readonly sha256: string;
}

/** A file as it is now. */
export async function materialFile(file: string): Promise<MaterialFile> {
  return { file, sha256: sha256(await readBounded(file, 2 ** 31)) };
}

/** The materials, read. */
export interface Gathered {
  /** In the units that it was told, conditioned as asked. */
  readonly network: Network;
  readonly weak?: Network;
  readonly moments: Moments | undefined;
  /** The data whose moments these are, in words, where they are not the network's own. */
  readonly of?: string;
  /** A start from a file, given where it is. */
  readonly start?: (at: Start["at"]) => Start;
}

/** Reads the materials and puts them around a network; a weaker one is opened on the same runtime. */
export async function gather(
  bare: Network,
  materials: Materials,
  runtime: FoundRuntime["runtime"],
): Promise<Gathered> {
  const { noise, noised, weak, units = bare.units } = materials;
  const told = { ...bare, units };
  const network = { ...told, denoiser: await denoiserOf(told, materials) };
  const found = await momentsOf(told, materials);
  const weaker = weak === undefined ? {} : { weak: await openNamed(weak, { runtime }) };
  const gathered = { network, ...weaker, ...found };
  if (noise !== undefined) {
    const rows = await fileNoise(noise, sizeOf(bare.denoiser.shape));
    return { ...gathered, start: (at) => givenStart(rows, at) };
  }
  if (noised !== undefined) {
    const images = await readValues(told, noised);
    return { ...gathered, start: (at) => noisedStart(images, at!) };
  }
  return gathered;
}

async function momentsOf(
  network: Network,
  { moments: given }: Materials,
): Promise<Pick<Gathered, "moments" | "of">> {
  if (given === undefined) return { moments: network.moments };
  const set = await loadDataset(given.dataset, given.options);
  return { moments: await moments(withUnits(set, network.units)), of: describe(set) };
}

async function denoiserOf(
  network: Network,
  { known, mask, grey }: Materials,
): Promise<Network["denoiser"]> {
  const { denoiser } = network;
  if (known !== undefined && mask !== undefined) {
    const shown = await readValues(network, mask);
    const lit = shown.map((value) => (value > middle(network.units) ? 1 : 0));
    return observed(denoiser, knownValues(lit), await readValues(network, known));
  }
  if (grey === undefined) return denoiser;
  const { shape } = denoiser;
  if (shape.length !== 3 || shape[0] !== 3)
    throw invalid("--grey", "the network must make images of three channels", shape);
  return observed(denoiser, greyLevels(shape), await readValues(network, grey));
}

function observed(
  denoiser: Network["denoiser"],
  measurement: Measurement,
  image: Float32Array,
): Network["denoiser"] {
  return observe(denoiser, measurement, measurement.measure(image));
}

/** The numbers of an image, or of a .npy of them, in the units and of the shape of the network. */
async function readValues({ units, denoiser }: Network, file: MaterialFile): Promise<Float32Array> {
  await checkSame(file);
  const { shape } = denoiser;
  const set = await loadDataset(file.file);
  const grey = set.shape[0] === 1 && shape[0] === 3;
  const fitting = grey ? await loadDataset(file.file, { greyToRgb: true }) : set;
  if (fitting.shape.join() !== shape.join())
    throw invalid(
      "readImage",
      `${file.file} must be of the network's shape, ${shape.join("×")}`,
      set.shape.join("×"),
    );
  const isBytes = fitting.values instanceof Uint8Array;
  return inUnits(isBytes ? withUnits(fitting, units) : fitting);
}

async function fileNoise(file: MaterialFile, size: number): Promise<ArrayLike<number>> {
  await checkSame(file);
  const { data, shape } = await readNpy(file.file);
  const rows = shape[0] ?? 0;
  if (rows < 1 || data.length !== rows * size)
    throw invalid("--noise", `${file.file} must hold samples of ${size} numbers`, shape);
  return Float64Array.from(data, Number);
}

/** Noise of one's own: sample i begins from row i mod n, times the level's deviation. */
function givenStart(rows: ArrayLike<number>, at: Start["at"]): Start {
  return {
    name: "given",
    at,
    begin:
      ({ alpha, sigma }, size) =>
      (count, _noise, first = 0) => {
        const deviation = alpha === 1 ? sigma : 1;
        return Float64Array.from(
          { length: count * size },
          (_, i) => deviation * rows[(first * size + i) % rows.length]!,
        );
      },
  };
}

async function checkSame({ file, sha256: digest }: MaterialFile): Promise<void> {
  const now = await materialFile(file);
  if (now.sha256 !== digest)
    throw new Error(`${file} is another file than that of the protocol (SHA-256 ${digest})`);
}

/** The middle of black and white. */
function middle({ a, b }: Units): number {
  return 127.5 * a[0]! + b[0]!;
}
