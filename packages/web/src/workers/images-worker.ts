import type { DataMoments } from "@symbreak/analysis";
import { type Data, type UnitsName, withUnits } from "@symbreak/core";
import { type OnnxRuntime, openModel, openOnnx } from "@symbreak/networks";
import type { Network } from "@symbreak/samplers";
import { load as loadMnist } from "@symbreak/zoo/mnist";
import { expose } from "comlink";
import {
  analysisOf,
  type ClassTimes,
  classTimes,
  type ImagesAnalysis,
  momentsOf,
  type StartFor,
  startsFor,
} from "../physics/images.ts";
import {
  type Curve,
  curvesOf,
  type NetworkReport,
  networkReport,
  parted,
  scoreOf,
  someOf,
} from "../physics/loss-curves.ts";
import { inWords } from "./in-words.ts";
import { mnistTraining } from "./mnist.ts";
import { loadOnnxRuntime } from "./onnxruntime.ts";
import { type Chosen, type NetworkFile, readFiles, spread } from "./read-files.ts";
import type { OnStage } from "./stage.ts";

/** What is looked at now: images as they are stored, their network, and what is known of them. */
interface Subject {
  readonly data: Data;
  readonly notes: readonly string[];
  readonly network: Network | undefined;
  /** Of more images than are here. */
  readonly moments?: DataMoments | undefined;
}

/** What the last analysis found. */
interface Known {
  readonly data: Data;
  readonly moments: DataMoments;
  readonly trace: number;
  /** Images to test on, all others, and the moments of those. */
  readonly held: Data;
  readonly others: Data;
  readonly otherMoments: DataMoments;
}

let subject: Subject | undefined;
let known: Known | undefined;

/** Images of MNIST that are looked at one by one. */
const SOME = 5000;

/** What the worker of the reader's images does for the page. Nothing of them leaves it but numbers to be shown. */
const worker = {
  /** Reads files and keeps what is in them; a network alone is put to the images that are here. */
  async open(
    files: readonly Chosen[],
    side: number | null,
    onStage: OnStage,
  ): Promise<{ network: string | null; units: string | null; notes: readonly string[] }> {
    try {
      onStage({ words: "reading the files" });
      const { data, network: file, notes } = await readFiles(files, side, onStage);
      const network = file && (await openNetwork(file, onStage));
      const images = data ?? subject?.data ?? spread(await mnistTraining(onStage), SOME);
      if (network !== undefined && `${network.denoiser.shape}` !== `${images.shape}`)
        throw new Error(
          `${file!.name} makes samples of ${network.denoiser.shape.join(" × ")}, but the images are ${images.shape.join(" × ")}: drop the images that it was trained on with it.`,
        );
      subject = { data: images, notes, network };
      return toldOf(subject);
    } catch (error) {
      throw inWords(error);
    }
  },

  /** The whole example: MNIST's images with their classes, and the zoo's network of them. */
  async openMnist(onStage: OnStage): Promise<{ network: string | null; units: string | null }> {
    try {
      const data = spread(await mnistTraining(onStage), SOME);
      const runtime = (await loadOnnxRuntime(onStage)) as unknown as OnnxRuntime;
      const network = await openModel(loadMnist, { runtime });
      const moments = { ...network.moments!, units: network.units, count: MNIST_IMAGES };
      subject = { data, notes: [], network, moments };
      return toldOf(subject);
    } catch (error) {
      throw inWords(error);
    }
  },

  /** Spectrum and times of what was opened, in the units of its network, or in these. */
  async analyse(units: UnitsName): Promise<ImagesAnalysis> {
    const { data: stored, network, moments: given } = subject!;
    const data = network ? withUnits(stored, network.units) : withUnits(stored, units);
    const moments = given ?? (await momentsOf(data));
    const found = analysisOf(data.name ?? "your images", data.shape, moments, data.units.name);
    const { held, others } = parted(data);
    const otherMoments = given ?? (await momentsOf(others));
    known = { data, moments, trace: found.trace, held, others, otherMoments };
    return found;
  },

  /** When the classes part. */
  async classes(): Promise<ClassTimes | { warnings: readonly string[] }> {
    return classTimes(known!.data, known!.moments);
  },

  /** The loss by level of the exact score of some images on others of them, beside the Gaussian's, and where to start. */
  async exact(): Promise<{ curves: readonly Curve[]; starts: readonly StartFor[] }> {
    const { data, moments, trace, held, others, otherMoments } = known!;
    const some = someOf(data);
    return {
      curves: await curvesOf("exact", scoreOf(someOf(others)), held, otherMoments, trace),
      // As of the data themselves: the score knows the images that it is asked about.
      starts: await startsFor(scoreOf(some), some, moments),
    };
  },

  /** What the network makes of the images. */
  async network(): Promise<NetworkReport> {
    const { trace, held, otherMoments } = known!;
    return networkReport(subject!.network!, held, otherMoments, trace);
  },

  /** The example: what the zoo's network of digits was trained on, by its moments. */
  async example(): Promise<ImagesAnalysis> {
    const { card, moments } = await loadMnist();
    subject = undefined;
    return analysisOf("MNIST, an example", card.shape, (await moments())!, "symmetric");
  },
};

/** Images that the zoo's moments of MNIST are of. */
const MNIST_IMAGES = 60_000;

/** A network of the reader's; what is wrong with it is said with its name. */
async function openNetwork(
  { name, bytes, notes }: NetworkFile,
  onStage: OnStage,
): Promise<Network> {
  const runtime = (await loadOnnxRuntime(onStage)) as unknown as OnnxRuntime;
  try {
    return await openOnnx(bytes, { name, runtime, ...(notes !== undefined && { notes }) });
  } catch (error) {
    const { message } = inWords(error);
    throw new Error(message.includes(name) ? message : `${name}: ${message}`);
  }
}

function toldOf({ network, notes }: Subject) {
  return { network: network?.name ?? null, units: network?.units.name ?? null, notes };
}

export type ImagesWorker = typeof worker;

expose(worker);
