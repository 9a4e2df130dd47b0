import type { Bytes } from "./bytes.ts";
import { checkedBytes } from "./checked-bytes.ts";
import type { ModelCard } from "./model-card.ts";
import { decodeMoments, type GaussianMoments } from "./moments-file.ts";
import { readBytes } from "./read-bytes.ts";

/** A model of the zoo: its card, and what is loaded when asked for. */
export interface Model<Card extends ModelCard = ModelCard> {
  readonly card: Card;
  /**
   * The ONNX file, for onnxruntime's `InferenceSession.create`: read from beside this module in Node, fetched in browsers.
   *
   * @throws Error when the file cannot be read, or does not have the card's SHA-256
   */
  weights(): Promise<Bytes>;
  /**
   * Mean and truncated covariance of what a denoiser was trained on, in its units: all that noise, a late start and t_S need of
   * the data. Undefined where the card has none.
   *
   * @throws Error when the file cannot be read, or does not have the card's SHA-256
   */
  moments(): Promise<GaussianMoments | undefined>;
}

/** Reads a model's card; its files wait until they are asked for. */
export type LoadModel<Card extends ModelCard = ModelCard> = () => Promise<Model<Card>>;

/** Where the files of a model are: URLs written out in full, so that bundlers find them and take them along. */
export interface ModelFiles {
  readonly card: () => URL;
  readonly weights: () => URL;
  readonly moments?: () => URL;
}

/** The model that these files make. */
export function model<Card extends ModelCard>(files: ModelFiles): LoadModel<Card> {
  return async () => {
    const card: Card = JSON.parse(new TextDecoder().decode(await readBytes(files.card())));
    const { name } = card;
    return {
      card,
      weights: () => checkedBytes(`the weights of ${name}`, card, files.weights()),
      async moments() {
        const stored = card.kind === "denoiser" ? card.moments : undefined;
        if (stored === undefined || files.moments === undefined) return undefined;
        const bytes = await checkedBytes(`the moments of ${name}`, stored, files.moments());
        return decodeMoments(bytes, stored);
      },
    };
  };
}
