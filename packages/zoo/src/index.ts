export * from "./load-weights.ts";
export * from "./model-card.ts";
export type { ModelName } from "./models.ts";
export * from "./zoo.ts";
