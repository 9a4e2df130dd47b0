export * from "./pipeline.ts";
export * from "./python-json.ts";
export * from "./weights.ts";
