import type { ModelCard } from "./model-card.ts";
import { MODELS, type ModelName } from "./models.ts";

/** Every model's card, by name. */
export const zoo: Readonly<Record<ModelName, ModelCard>> = Object.fromEntries(
  Object.entries(MODELS).map(([name, { card }]) => [name, card]),
) as Record<ModelName, ModelCard>;
