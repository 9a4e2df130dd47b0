export * from "./pipeline.ts";
export * from "./weights.ts";
