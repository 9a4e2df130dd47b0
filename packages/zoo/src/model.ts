import type { ModelCard } from "./model-card.ts";

/** A card, and where its file is: a URL written out, so that bundlers find it and take it along. */
export interface Model {
  readonly card: ModelCard;
  readonly weights: () => URL;
}
