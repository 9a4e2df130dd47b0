import type { FileDigest } from "./checked-bytes.ts";
import type { StoredMoments } from "./moments-file.ts";

/** What one must know of a network to use it and to trust it. Plain data: a card is `models/<name>.json`. */
export type ModelCard = DenoiserCard | ClassifierCard | ExtractorCard;

/** What every card says. `bytes` and `sha256` are the ONNX file's. */
interface CommonCard extends FileDigest {
  readonly name: string;
  /** How the file stores weights; the arithmetic is float32. */
  readonly precision: "float16" | "float32";
  /** The largest difference of the file's outputs from the network's in double precision, over their root mean square. */
  readonly error: number;
  readonly parameters: number;
  /** Units of the images that the network takes or makes: "symmetric" is u8/127.5 − 1, "unit" u8/255. */
  readonly units: string;
  readonly licence: { readonly weights: string; readonly data: string };
}

/** What a card says of a network that `ssb train` made. */
interface TrainedCard extends CommonCard {
  /** Of one sample: channels, height, width. */
  readonly shape: readonly number[];
  /** `className` and options, as in the config of `ssb train`. */
  readonly architecture: { readonly className: string; readonly [option: string]: unknown };
  readonly data: TrainedOn;
  readonly training: Training;
}

/** A network that takes noise from images. */
export interface DenoiserCard extends TrainedCard {
  readonly kind: "denoiser";
  /** The noise that it was trained for: what core's `processOf` makes the forward process of. */
  readonly process: { readonly name: string; readonly [setting: string]: unknown };
  /** Its diffusers scheduler config: what it predicts, and how diffusers samples it. */
  readonly scheduler: Readonly<Record<string, unknown>>;
  /** The file `models/<name>.moments`: mean and truncated covariance of the training data. */
  readonly moments?: StoredMoments;
  /** Of a network that can be told a class: how many there are, and the label that stands for none, if it knows that. */
  readonly classes?: { readonly count: number; readonly none: number | null };
  readonly quality?: Quality;
}

/** A network that names the classes of clean images. */
export interface ClassifierCard extends TrainedCard {
  readonly kind: "classifier";
  /** On the test split. */
  readonly evaluation?: Evaluation;
}

/** A network by others that makes features of images, to measure distances of. */
export interface ExtractorCard extends CommonCard {
  readonly kind: "extractor";
  /** What it is, in words, and what was done to it. */
  readonly description: string;
  /** Images that it takes: any size; these numbers of channels. */
  readonly channels: readonly number[];
  /** What is done to the images inside of the file, in order. */
  readonly preprocessing: readonly string[];
  /** Numbers in one image's features. */
  readonly features: number;
  /** Where the weights come from, and what makes the file. */
  readonly source: {
    readonly package: string;
    readonly file: string;
    /** Of that file. */
    readonly sha256: string;
    readonly paper: string;
    readonly commands: readonly string[];
  };
}

/** The training data. */
export interface TrainedOn {
  readonly dataset: string;
  readonly split: string;
  /** What was done to the set, in order: "classes 1,8", "first 5000 per class", "pad 32". */
  readonly selection: readonly string[];
  readonly n: number;
  /** Of all images as bytes, channels first, and of their labels, a byte each. */
  readonly sha256: { readonly images: string; readonly labels: string };
  /** The name of class k at place k. */
  readonly classes: readonly string[];
}

/** How the weights came about. */
export interface Training {
  /** What makes the run and then the file. */
  readonly commands: readonly string[];
  readonly objective: Readonly<Record<string, unknown>>;
  readonly optimiser: Readonly<Record<string, unknown>>;
  /** Images mirrored at random. */
  readonly flip: boolean;
  readonly steps: number;
  readonly batch: number;
  /** Images seen, steps × batch. */
  readonly images: number;
  readonly seed: number;
  readonly engine: string;
  /** Spent in steps. */
  readonly seconds: number;
  /** Steps done and the mean training loss about them. */
  readonly lossCurve: readonly (readonly [step: number, loss: number])[];
}

/** How far a denoiser's samples are from images that it was not trained on. */
export interface Quality extends Distance {
  /** "FD-mnist-classifier": Fréchet distance on that classifier's features; "FD-pca64": on 64 principal components. */
  readonly metric: string;
  /** Of as many training images: what a perfect network would show. */
  readonly floor: Distance;
  /** Samples. */
  readonly n: number;
  /** The images that they are compared with. */
  readonly real: string;
  readonly solver: string;
  readonly start: string;
  readonly steps: number;
  /** Network calls a sample. */
  readonly nfe: number;
  /** The classes that were dealt to the samples by their numbers, of a network that knows some. */
  readonly classes?: readonly number[];
  readonly seed: number;
  readonly runtime: string;
}

/** A value and its 95 % jackknife interval, over repetitions with as many samples. */
export interface Distance {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** How a classifier does on images that it was not trained on. */
export interface Evaluation {
  readonly data: string;
  readonly n: number;
  /** The fraction named right. */
  readonly accuracy: number;
  /** Mean cross-entropy, nats. */
  readonly loss: number;
  readonly runtime: string;
}
