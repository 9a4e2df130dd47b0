import { type Data, type Moments, type UnitsName, withUnits } from "@symbreak/core";
import { load as loadMnist } from "@symbreak/zoo/mnist";
import { expose } from "comlink";
import {
  analysisOf,
  type ImagesAnalysis,
  momentsOf,
  type StartFor,
  startsFor,
} from "../physics/images.ts";
import { decodeFiles } from "./decode-images.ts";

let opened: Data | undefined;
let analysed: { readonly data: Data; readonly moments: Moments } | undefined;

/** What the worker of the reader's images does for the page. Nothing of them leaves it but numbers to be shown. */
const worker = {
  /** Reads files, and keeps what is in them. */
  async open(
    files: readonly File[],
    side: number | null,
    onStage: (stage: string) => void,
  ): Promise<void> {
    opened = await decodeFiles(files, side, onStage);
  },

  /** Spectrum and times of what was opened, in these units. */
  async analyse(units: UnitsName): Promise<ImagesAnalysis> {
    const data = withUnits(opened!, units);
    const moments = await momentsOf(data);
    analysed = { data, moments };
    return analysisOf(data.name ?? "your images", data.shape, moments, units);
  },

  /** Where to start sampling of what was analysed. */
  async starts(): Promise<readonly StartFor[]> {
    return startsFor(analysed!.data, analysed!.moments);
  },

  /** The example: what the zoo's network of digits was trained on, by its moments. */
  async example(): Promise<ImagesAnalysis> {
    const { card, moments } = await loadMnist();
    return analysisOf("MNIST, an example", card.shape, (await moments())!, "symmetric");
  },
};

export type ImagesWorker = typeof worker;

expose(worker);
